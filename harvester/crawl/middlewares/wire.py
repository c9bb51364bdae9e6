"""The exchange as it went over the wire, for the archive: before cookies, redirects and encodings are dealt with."""

from __future__ import annotations

from datetime import UTC, datetime

from scrapy import Request
from scrapy.http import Response

from archive.warc import Exchange


class Wire:
    """Leaves an `Exchange` in ``request.meta["exchange"]``."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Headers come from the transport in their order and case."""
        sent = request.meta["wire"]
        request.meta["exchange"] = Exchange(
            url=request.url,
            method=request.method,
            request_headers=sent.request_headers,
            request_body=request.body,
            status=response.status,
            reason=sent.reason,
            response_headers=sent.response_headers,
            body=response.body,
            fetched_at=datetime.now(UTC),
            ip_address=str(response.ip_address) if response.ip_address else None,
        )
        return response
