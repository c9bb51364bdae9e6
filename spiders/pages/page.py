"""Page: an answer the walk reads: its text, its tree, its links with the date that stands beside them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lxml import etree, html

from archive.capture import Capture, Role
from archive.warc import Exchange
from parsers import charset
from spiders.pages.fetch import Fetch, absolute
from spiders.pages.ground import Ground, matching
from spiders.pages.links import Link, read_links
from spiders.pages.markup import within_limits
from spiders.pages.script_values import NotLiteral, literal
from spiders.pages.texts import squeeze
from spiders.scripts.program import Program
from spiders.scripts.values import UNKNOWN

_DOCUMENTS = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\xff\xd8\xff",
    b"\x89PNG",
)
_LIKE_JSON = re.compile(r"[\[{]\s*(?:[\]}\[{\d]|['\"]|[A-Za-z_$][\w$]*\s*:)")
LONGEST = 4 << 20
"""Bytes of a page or an answer that are looked at; the archive keeps all of them."""
_SHORT = 512
_HEAD = 2048
"""Bytes in which a document says that it is one."""
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_PROGRAMS = ("", "text/javascript", "application/javascript", "application/x-javascript", "module")
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_TO_BE_FILLED = re.compile(r"\{\{|<%|\$\{|\{[#@]|</?#|:href")
"""Signs of a template."""
_WRITES = re.compile(r"\bwrite(?:ln)?\b|innerHTML|\b(?:html|append|prepend|before|after)\(")


@dataclass
class Page:
    """An answer. `url`: where it came from after redirects; `unchanged`: the archive already holds these bytes.

    `rendered`: the document as a browser showed it; `scripts`: what was fetched of its script files, by address;
    `asked_by`: the page whose script asked for this piece; `framed_by`: the page around this frame.
    """

    fetch: Fetch
    url: str
    status: int
    content_type: str
    body: bytes
    unchanged: bool = False
    exchange: Exchange | None = None
    redirected_from: str | None = None
    rendered: str | None = None
    scripts: Mapping[str, str] = field(default_factory=dict)
    asked_by: Page | None = None
    framed_by: Page | None = None

    @cached_property
    def text(self) -> str:
        """The body decoded: declared and real charsets often disagree, the decoder looks at both.

        Where a browser had to run the page's scripts, what it made of it (the archive keeps the body).
        """
        return self.rendered if self.rendered is not None else self._decoded[0]

    @property
    def sent_text(self) -> str:
        """The body decoded, whatever a browser or a script made of it."""
        return self._decoded[0]

    @property
    def charset(self) -> str:
        """The encoding of the body, in which its forms and links send what is not ASCII."""
        return self._decoded[1]

    @property
    def is_cut(self) -> bool:
        """Was there more than is looked at? What stands behind is not known."""
        return self._decoded[2]

    @cached_property
    def _decoded(self) -> tuple[str, str, bool]:
        declared = _CHARSET.search(self.content_type)
        text, name = charset.decode(self.body[:LONGEST], declared[1] if declared else None)
        looked_at = within_limits(text) if self.is_html else text
        return looked_at, name, len(self.body) > LONGEST or len(looked_at) < len(text)

    @cached_property
    def _sent(self) -> html.HtmlElement:
        """The page as it was sent, parsed; an empty document for an empty body."""
        source = self.text.replace("\x00", "").strip() or "<html></html>"
        source = re.sub(r"^<\?xml[^>]*\?>", "", source) or "<html></html>"
        try:
            return html.document_fromstring(source)
        except (etree.ParserError, ValueError):
            return html.document_fromstring("<html></html>")

    @cached_property
    def tree(self) -> html.HtmlElement:
        """The parsed page, with what its own scripts write into it behind each of them, as ``document.write`` does."""
        scripts, program = list(self._sent.iter("script")), self.program
        if self.rendered is None and self.is_html and any(_WRITES.search(source) for source in program.sources):
            for script, effects in zip(scripts, program.by_source, strict=True):
                written = within_limits("".join(str(effect.value) for effect in effects if effect.kind == "write"))
                for part in reversed(written_parts(written)):
                    script.addnext(part)
        if self.rendered is None and self.is_html:
            for holder in list(self._sent.iter("script", "textarea")):
                for part in reversed(written_parts(_kept_markup(holder))):
                    holder.addnext(part)
        return self._sent

    @cached_property
    def program(self) -> Program:
        """The page's scripts as far as they are known, each in its place; an answer that is no page may be one."""
        if not self.is_html:
            return Program([self.text], self.url)
        return Program([self._source(script) for script in self._sent.iter("script")], self.url, self._value_of)

    def _value_of(self, selector: str) -> Any:
        """What a field of the page holds as it was sent; of a selector the chosen option, else its first."""
        for element in matching(self._sent, selector)[:1]:
            if element.tag != "select":
                return element.get("value") or ""
            options = list(element.iter("option"))
            chosen = next((one for one in options if one.get("selected") is not None), *options[:1] or (None,))
            return "" if chosen is None else chosen.get("value", "".join(chosen.itertext()).strip())
        return UNKNOWN

    def _source(self, script: html.HtmlElement) -> str:
        if (script.get("type") or "").lower() not in _PROGRAMS:
            return ""
        source = script.get("src")
        if source is None:
            return str(script.text or "")
        return self.scripts.get(absolute(self.base, source) or "", "")

    @property
    def script_files(self) -> tuple[str, ...]:
        """Addresses of the script files that the page loads, in order."""
        sources = (script.get("src") for script in self._sent.iter("script"))
        return tuple(dict.fromkeys(url for source in sources if source and (url := absolute(self.base, source))))

    @cached_property
    def base(self) -> str:
        """The address relative links are joined to; a piece stands in the page that asked for it."""
        if self.asked_by is not None and self.is_piece:
            return self.asked_by.base
        for href in self._sent.xpath("//base/@href"):
            if found := absolute(self.url, href):
                return found
        return self.url

    @cached_property
    def title(self) -> str:
        """The text of <title>, empty where there is none."""
        return squeeze(" ".join(self.tree.xpath("//title//text()")[:3]))

    @cached_property
    def ground(self) -> Ground:
        """What its addresses depend on; what is written on a piece calls the functions of the page it stands in."""
        if self.asked_by is not None and self.is_piece:
            program = self.asked_by.ground.program
            state = program.states.get(self.fetch.key)
            return Ground(self.base, self.charset, program.after(state) if state else program, self.tree, is_piece=True)
        if self.framed_by is not None:  # parent.show('12')
            around = self.framed_by.program
            return Ground(self.base, self.charset, around.with_frame(self.program), self.tree)
        return Ground(self.base, self.charset, self.program, self.tree)

    @property
    def is_piece(self) -> bool:
        """No document of its own: what a script puts into its page."""
        head = self.body[:_HEAD].lower()
        return not any(mark in head for mark in (b"<html", b"<!doctype", b"<body"))

    def join(self, href: str) -> str | None:
        """An address found on this page as an absolute one, None for what is none."""
        return self.ground.join(href)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Everything on the page that leads somewhere, in document order; data have none of their own."""
        if not self.is_html and self.rendered is None:
            return ()
        return tuple(read_links(self.tree, self.ground))

    @cached_property
    def json(self) -> Any:
        """The body as JSON (a JSONP wrapper removed), None where it is not."""
        text = self.sent_text.strip().lstrip("\ufeff")
        if text[:1] not in ("{", "["):
            text = text[text.find("(") + 1 : text.rfind(")")]
        try:
            return json.loads(text)
        except RecursionError:
            return None
        except ValueError:
            return _as_written(text)

    def capture(self, role: Role, outcome: str | None = None, **context: str | None) -> Capture:
        """This answer as something to keep; `context` is what its list said of it."""
        assert self.exchange is not None
        return Capture(
            url=self.fetch.address,
            role=role,
            exchange=self.exchange,
            body=self.body,
            media_type=self.content_type.split(";")[0].strip().lower() or None,
            outcome=outcome or ("unchanged" if self.unchanged else None),
            redirected_from=self.redirected_from,
            **context,
        )

    @property
    def is_html(self) -> bool:
        """True when the bytes look like a web page, whatever the header says, or a script made one of them."""
        if self.rendered is not None:
            return True
        head = self.body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        return (
            head.startswith(b"<")
            and not head.startswith(b"<?mso")
            and (b"<html" in head or b"<!doctype" in head or b"<" in head)
        )

    @property
    def is_text(self) -> bool:
        """A web page, or so short and so little like a document that only words can be meant."""
        return self.is_html or (len(self.body) < _SHORT and not self.body.startswith(_DOCUMENTS))


def _kept_markup(holder: html.HtmlElement) -> str:
    """Links that a page keeps where they are not seen, for its script to show: a record set, a box of text.

    Not what is to be filled in: a template's addresses are none.
    """
    kind = (holder.get("type") or "").lower()
    text = str(holder.text or "") if holder.tag == "textarea" or kind not in _PROGRAMS else ""
    return within_limits(_CDATA.sub("", text)) if "<a " in text and not _TO_BE_FILLED.search(text) else ""


def _as_written(text: str) -> Any:
    """JSON as scripts write it (single quotes, names without quotes); None for anything else."""
    if text[:1] not in ("{", "[") or not _LIKE_JSON.match(text):
        return None
    try:
        return literal(text)
    except (NotLiteral, RecursionError):
        return None


def written_parts(written: str) -> list[html.HtmlElement]:
    """What a script writes, as elements; text before the first of them is one too."""
    try:
        parts: list[Any] = list(html.fragments_fromstring(written)) if "<" in written else []
    except etree.ParserError:  # nothing but comments
        return []
    if parts and isinstance(parts[0], str):
        leading = html.Element("span")
        leading.text = parts[0]
        parts[0] = leading
    return parts
