"""Names of files: from Content-Disposition, from addresses, from what a link says. Pure."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header
from urllib.parse import parse_qsl, unquote_to_bytes, urlsplit

_EXTENDED = re.compile(r"filename\*\s*=\s*([\w-]*)'[^']*'([^;]+)", re.I)
_PLAIN = re.compile(r"filename\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^;]+))", re.I)
_ENCODED_WORD = re.compile(r"=\?[\w-]+\?[bqBQ]\?[^?]*\?=")
_NAMES_NOTHING = re.compile(
    r"^(?:附件\d*|[(（\[【]?(?:点击|请点击|立即|在线)?(?:下载|查看|浏览|打开|阅读|预览)(?:附件|全文|文件|详情|此处)?[)）\]】]?|此处|这里|详见附件|全文|PDF|Word|download)?[:：.]?$",
    re.I,
)
_PARAMETERS = ("showname", "filename", "file", "name", "fileName", "attname", "title")


def from_disposition(header: str) -> str | None:
    """The name in a Content-Disposition, as it was meant.

    `header` is latin-1 as it came off the wire. Servers send raw UTF-8 or GBK, percent-encoding in a plain
    ``filename``, or RFC 2047 words; ``filename*`` wins where present.
    """
    if found := _EXTENDED.search(header):
        return _base(_decode(unquote_to_bytes(found[2].strip().strip('"')), found[1]))
    found = _PLAIN.search(header)
    if found is None:
        return None
    return _base(repaired(re.sub(r"\\([\"\\])", r"\1", (found[1] or found[2] or "").strip()))) or None


def repaired(name: str) -> str:
    """`name` with latin-1 mojibake, percent-encoding and RFC 2047 words undone."""
    if _ENCODED_WORD.search(name):
        try:
            parts = decode_header(name)
        except HeaderParseError:  # base64 that is none
            return name
        return "".join(_decode(part, charset) if isinstance(part, bytes) else part for part, charset in parts)
    if "%" in name and re.search(r"%[0-9A-Fa-f]{2}", name):
        return _decode(unquote_to_bytes(name))
    try:
        return _decode(name.encode("latin-1"))
    except UnicodeEncodeError:
        return name


def from_url(url: str) -> str:
    """The name an address gives: a ``showname`` or ``file`` parameter, else its last part."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, encoding="latin-1"))
    for key in _PARAMETERS:
        if "." in query.get(key, ""):
            return _base(repaired(query[key]))
    return _base(repaired(parts.path))


def best(shown: str, *others: str) -> str:
    """The first of the names that says something: 下载 and 附件1 do not."""
    names = [name.strip(" 【】[]\t\r\n") for name in (shown, *others)]
    return next((name for name in names if name and not _NAMES_NOTHING.match(name)), names[-1])


def _decode(raw: bytes, charset: str | None = None) -> str:
    for encoding in (charset or "utf-8", "utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except (UnicodeError, LookupError):  # a name of no charset, or of a codec that is none
            continue
    return raw.decode("latin-1")


def _base(name: str) -> str:
    return re.split(r"[\\/]", name.rstrip("/"))[-1].strip()
