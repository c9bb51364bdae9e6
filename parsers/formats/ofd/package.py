"""The parts of an OFD file (GB/T 33190): a ZIP of XML. OFD.xml → Document.xml → pages, templates, resources."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from zipfile import ZipFile, ZipInfo

from parsers.content import Box, Unreadable
from parsers.formats.packages.xml_tree import Element, attribute, child, descendant, local, parse
from parsers.formats.packages.zip_parts import open_zip, parts, read_member

MM = 72 / 25.4
"""Points in a millimetre, the unit of OFD."""

MOST_PAGES = 400
_LARGEST_PAGE = 20_000
"""Millimetres; chosen: what states more is damaged."""
_LARGEST_NUMBER = 1e7
"""Of any that a document states; chosen: products of larger ones lose their decimals."""
_SHARED = "DrawParam", "CompositeGraphicUnit"
A4: Box = (0.0, 0.0, 210.0, 297.0)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: its physical box in mm, and the layers to draw, templates of the background first."""

    number: int
    box: Box
    layers: tuple[Element, ...]
    styles: Mapping[str, Element] = field(default_factory=dict)
    """Drawing parameters and composite units by resource id."""


@dataclass(slots=True)
class Package:
    """An opened OFD file."""

    archive: ZipFile
    members: Mapping[str, ZipInfo]
    media: dict[str, str] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    styles: dict[str, Element] = field(default_factory=dict)

    def part(self, path: str) -> bytes | None:
        """The bytes of a part, None where the package has no such part."""
        info = self.members.get(path.lstrip("/").lower())
        return read_member(self.archive, info) if info else None

    def xml(self, path: str) -> Element | None:
        """A part as XML. A part that is no XML in a package with an encryption list is encrypted."""
        data = self.part(path)
        if data is None:
            return None
        try:
            return parse(data)
        except Unreadable as error:
            if any("encr" in name for name in self.members):
                raise Unreadable("encrypted", "the OFD file is encrypted") from error
            raise


def open_package(data: bytes) -> Package:
    """The package; raises `Unreadable` for what is no OFD file."""
    archive = open_zip(data)
    return Package(archive, parts(archive))


def leaves(package: Package) -> Iterator[Leaf]:
    """All pages of the first document."""
    root = package.xml("OFD.xml")
    body = child(root, "DocBody") if root is not None else None
    where = _text(child(body, "DocRoot"))
    document = package.xml(where) if where else None
    if document is None or body is None:
        raise Unreadable("corrupt", "the OFD file names no document")
    about = child(body, "DocInfo")
    for item in about if about is not None else ():
        if local(item) in ("Title", "Author", "CreationDate") and _text(item):
            package.meta[local(item)] = _text(item)
    common = child(document, "CommonData")
    _load_resources(package, common, where)
    templates = {
        attribute(item, "ID"): package.xml(_beside(where, attribute(item, "BaseLoc") or ""))
        for item in (common if common is not None else ())
        if local(item) == "TemplatePage"
    }
    default = _box(descendant(common, "PhysicalBox") if common is not None else None) or A4
    pages = child(document, "Pages")
    for number, item in enumerate(pages if pages is not None else (), 1):
        if number > MOST_PAGES:
            return
        page = package.xml(_beside(where, attribute(item, "BaseLoc") or ""))
        if page is not None:
            area = child(page, "Area")
            box = _box(descendant(area, "PhysicalBox") if area is not None else None) or default
            _load_resources(package, page, _beside(where, attribute(item, "BaseLoc") or ""))
            yield Leaf(number, box, tuple(_layers(page, templates)), package.styles)


def _layers(page: Element, templates: Mapping[str | None, Element | None]) -> Iterator[Element]:
    used = [item for item in page if local(item) == "Template"]
    for background in (True, False):
        for item in used:
            template = templates.get(attribute(item, "TemplateID"))
            if template is not None and (attribute(item, "ZOrder") != "Foreground") is background:
                yield from _contents(template)
        if background:
            yield from _contents(page)


def _contents(page: Element) -> Iterator[Element]:
    content = child(page, "Content")
    yield from (item for item in (content if content is not None else ()) if local(item) == "Layer")


def _load_resources(package: Package, common: Element | None, where: str) -> None:
    """Paths of pictures, drawing parameters and composite units, by resource id."""
    for item in common if common is not None else ():
        if local(item) not in ("PublicRes", "DocumentRes", "PageRes"):
            continue
        path = _beside(where, _text(item))
        resources = package.xml(path)
        if resources is None:
            continue
        base = _beside(path, attribute(resources, "BaseLoc") or "")
        package.styles.update((attribute(s, "ID") or "", s) for s in resources.iter() if local(s) in _SHARED)
        for media in (found for found in resources.iter() if local(found) == "MultiMedia"):
            name = _text(child(media, "MediaFile"))
            inside = posixpath.join(base, name)
            package.media[attribute(media, "ID") or ""] = inside if _has(package, inside) else _beside(path, name)


def _has(package: Package, path: str) -> bool:
    return path.lstrip("/").lower() in package.members


def _beside(of: str, path: str) -> str:
    """A location in the file `of`: relative to its folder, or from the root when it begins with a slash."""
    return posixpath.normpath(path if path.startswith("/") else posixpath.join(posixpath.dirname(of), path)).lstrip("/")


def _text(element: Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def _box(element: Element | None) -> Box | None:
    values = numbers(_text(element))
    if len(values) != 4 or not (1 < values[2] < _LARGEST_PAGE and 1 < values[3] < _LARGEST_PAGE):
        return None
    return (values[0], values[1], values[2], values[3])


def numbers(text: str | None) -> list[float]:
    """Numbers separated by spaces; an unreadable one ends the list."""
    found: list[float] = []
    for word in (text or "").replace(",", " ").split():
        try:
            value = float(word)
        except ValueError:
            break
        if value != value or abs(value) > _LARGEST_NUMBER:
            break
        found.append(value)
    return found
