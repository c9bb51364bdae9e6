"""XML elements by local name, whatever their namespace: Office writes the same names in several."""

from __future__ import annotations

from lxml import etree

from parsers.content import Unreadable

Element = etree._Element

_MOST_DIGITS = 12
"""Digits of the longest whole number that places something: a drawing 900,000 km wide. More are an attack."""
_OFF = frozenset({"0", "false", "off", "none"})


def parse(data: bytes) -> Element:
    """Parse XML without network; a document type, and with it every entity, is refused: Office writes none.

    libxml2's own limits on depth and text stay on.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root: Element = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("corrupt", "broken XML") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("corrupt", "the XML declares a document type")
    return root


def head_of(data: bytes) -> bytes:
    """The first 4,096 bytes, as ASCII where they are UTF-16: enough to know the root by."""
    head = data[:4096]
    return head.replace(b"\x00", b"") if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head


def local(element: Element) -> str:
    """Tag without its namespace; empty for entities and other non-elements."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element | None, name: str) -> str | None:
    """An attribute by local name."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that local name."""
    if element is None:
        return None
    return next((item for item in element if local(item) == name), None)


def descendant(element: Element, name: str) -> Element | None:
    """The first element below of that local name, in document order."""
    return next((item for item in element.iter() if local(item) == name), None)


def is_on(element: Element | None) -> bool:
    """A toggle property: present and not switched off."""
    return element is not None and (attribute(element, "val") or "1").lower() not in _OFF


def number(element: Element | None, default: int = 0, most: int = 1000) -> int:
    """The whole number in an element's `val`; `most` where it is larger."""
    return min(whole(attribute(element, "val"), default), most)


def whole(text: str | None, otherwise: int = 0) -> int:
    """The whole number that a file writes for a count, an index or a length, with its sign; `otherwise` for none."""
    bare = (text or "").strip()
    digits = bare.removeprefix("-")
    return int(bare) if digits.isdecimal() and len(digits) <= _MOST_DIGITS else otherwise
