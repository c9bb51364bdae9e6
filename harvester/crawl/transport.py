"""The HTTP transport: Scrapy's aiohttp handler, with every address checked when it resolves and headers kept as sent.

The aiohttp handler is half the CPU of the default one and the only one that speaks to servers with TLS 1.0
(measured); it needs AsyncCrawlerProcess.
"""

from __future__ import annotations

import logging
import socket
import ssl
import warnings
from dataclasses import dataclass

import aiohttp
from aiohttp.abc import ResolveResult
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.core.downloader.handlers._base_streaming import BaseStreamingDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Headers as ScrapyHeaders
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.ssl import _make_ssl_context

from archive.exchange import VERIFIED, Certificates, Headers
from harvester.crawl.certificates import Judge
from harvester.crawl.middlewares.visiting import visiting
from spiders.addresses import is_unsafe
from spiders.walk.events import Refused

logging.getLogger("scrapy.core.downloader.handlers._base_streaming").addFilter(
    lambda record: "experimental" not in record.getMessage()
)
_LONGEST_HEADER = 64 << 10
_FAMILIES = {"4": socket.AF_INET, "6": socket.AF_INET6}


@dataclass(frozen=True, slots=True)
class Sent:
    """What the wire saw beside the body."""

    reason: str
    request_headers: Headers
    response_headers: Headers
    tls: Certificates | None = None


class UnsafeAddressError(OSError):
    """A name that resolves to an address no public portal may have."""


class CheckedResolver(aiohttp.ThreadedResolver):
    """Resolves a name and refuses it when any of its addresses lies in a private network."""

    def __init__(self, *, simulated: bool) -> None:
        super().__init__()
        self.simulated = simulated

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Raises UnsafeAddressError."""
        local = self.simulated and host.endswith(".localhost")  # loopback by RFC 6761; few resolvers know it
        found = await super().resolve("localhost" if local else host, port, family)
        for entry in found if local else ():
            entry["hostname"] = host
        for entry in found:
            if is_unsafe(entry["host"], simulated=self.simulated):
                raise UnsafeAddressError(f"{host} resolves to {entry['host']}")
        return found


def tls_context(settings: BaseSettings) -> ssl.SSLContext:
    """Scrapy's context. TLS 1.0 is deprecated, which is the very reason why a portal may be registered as legacy."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return _make_ssl_context(settings)


class Transport(AiohttpDownloadHandler):
    """One session a portal: its own connections, resolver and TLS."""

    def __init__(self, crawler: Crawler) -> None:
        BaseStreamingDownloadHandler.__init__(self, crawler)
        self._spider, self._judge = visiting(crawler), Judge()
        portal = self._spider.portal
        self._ssl_context = tls_context(crawler.settings)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=self._pool_size_total,
                limit_per_host=self._pool_size_per_host,
                resolver=CheckedResolver(simulated=portal.simulated),
                family=_FAMILIES.get(portal.politeness.ip_family or "", socket.AF_UNSPEC),
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            max_line_size=_LONGEST_HEADER,
            max_field_size=_LONGEST_HEADER,
            response_class=_ClientResponse,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
        )
        # A broken connection is not tried again behind our back, at once: the pause after a failure is Patience's.
        self._session._retry_connection = False

    async def download_request(self, request: Request) -> Response:
        """Raises what Scrapy's handler raises, and Refused for an unsafe address."""
        try:
            return await super().download_request(request)
        except CannotResolveHostError as error:
            if isinstance(error.__cause__, aiohttp.ClientConnectorDNSError) and isinstance(
                error.__cause__.os_error, UnsafeAddressError
            ):
                raise Refused("unsafe_address", str(error.__cause__.os_error), transient=False) from error
            raise

    @staticmethod
    def _extract_headers(response: _ClientResponse) -> ScrapyHeaders:
        """As bytes: portals send file names in GBK, which are no text in any charset a header may have."""
        return ScrapyHeaders(list(response.raw_headers))

    def _certificates(self, response: _ClientResponse) -> Certificates | None:
        """What the server showed; a chain that cannot be verified is an event, once for each host."""
        if response._ssl_object is None:
            return None
        host = response.url.host or ""
        shown = self._judge.certificates(response._ssl_object, host)
        if shown.verdict != VERIFIED:
            self._spider.event("tls_unverified", f"https://{response.url.authority}/", shown.verdict)
        return shown

    async def _read_response(self, response: _ClientResponse, request: Request) -> Response:
        request.meta["wire"] = Sent(
            (response.reason or "").encode("utf-8", "surrogateescape").decode("latin-1"),
            tuple((name, value) for name, value in response.request_info.headers.items()),
            tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.raw_headers),
            self._certificates(response),
        )
        return await super()._read_response(response, request)
