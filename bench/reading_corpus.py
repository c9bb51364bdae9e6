"""Realistic reports of the factory, by format: what the readers are measured on."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from random import Random

import pypdfium2
from PIL import Image

from parsers.formats.word import libreoffice
from tests.factory import html, pdf
from tests.factory.forms import BLOCKS, CARRIED_OUT, GROUPS, RECEIVED
from tests.factory.story import SHAPES, story
from tests.factory.truth import Truth, random_truth

FORMATS = ("html", "pdf", "docx", "doc", "rtf", "xlsx", "mht", "text", "scan")


@dataclass(frozen=True, slots=True)
class Document:
    """A report with what is printed in it."""

    truth: Truth
    data: bytes


def corpus(name: str, count: int) -> list[Document]:
    """`count` documents of a format, the same ones each time; none where a program to make them is absent."""
    if name == "doc" and libreoffice.executable() is None:
        return []
    return [_document(name, number) for number in range(count)]


def _document(name: str, number: int) -> Document:
    random = Random(f"{name} {number}")
    truth = random_truth(random)
    shape = SHAPES[number % len(SHAPES)] if name not in {"text", "scan"} else "plain"
    return Document(truth, RENDERERS[name](truth, random, shape, number))


Renderer = Callable[[Truth, Random, str, int], bytes]


def _factory(name: str) -> Renderer:
    module = import_module(f"tests.factory.{name}")

    def render(truth: Truth, random: Random, shape: str, number: int) -> bytes:
        data: bytes = module.render(story(truth, random, shape), random, module.STYLES[number % len(module.STYLES)])
        return data

    return render


def _page(truth: Truth, random: Random, shape: str, number: int) -> bytes:
    """A web page of the size that portals send: the article within 60 KB of navigation."""
    page = html.render(story(truth, random, shape), random, html.STYLES[number % len(html.STYLES)])
    link = "<li class='item'><a href='/col/col{0}/index.html' title='栏目{0}'>栏目{0}</a></li>"
    links = "".join(link.format(column) for column in range(800))
    encoding = "utf-8" if b"\xe6\x94\xbf" in page else "gb18030"
    return page.replace(b"<body>", f"<body><div id='menu'><ul>{links}</ul></div>".encode(encoding), 1)


def _scan(truth: Truth, random: Random, shape: str, number: int) -> bytes:
    """The pages of a PDF as pictures of 200 dpi."""
    source = pypdfium2.PdfDocument(pdf.render(story(truth, random, shape), random, "embedded"))
    try:
        pages = [_grey(page) for page in source]
    finally:
        source.close()
    buffer = io.BytesIO()
    pages[0].save(buffer, "PDF", save_all=True, append_images=pages[1:], resolution=200, quality=80)
    return buffer.getvalue()


def _grey(page: pypdfium2.PdfPage) -> Image.Image:
    image: Image.Image = page.render(scale=200 / 72).to_pil().convert("L")
    page.close()
    return image


RENDERERS: dict[str, Renderer] = {
    **{name: _factory(name) for name in ("pdf", "docx", "doc", "rtf", "xlsx", "mht", "text")},
    "html": _page,
    "scan": _scan,
}


def printed_rows(truth: Truth) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(label, printed texts in order) of each row of numbers; table four is one row without a label."""
    rows: dict[str, list[str]] = {}
    for key, printed in truth.cells.items():
        table, row, _ = key.split("/")
        rows.setdefault("" if table == "review_litigation" else row, []).append(printed.text.strip())
    for row, texts in rows.items():
        yield LABELS.get(row, ""), tuple(texts)


LABELS = {
    **RECEIVED,
    **CARRIED_OUT,
    **{row: label for form in GROUPS.values() for _, rows in form for row, label in rows.items()},
    **{row: label for _, _, rows in (*BLOCKS["gen2019"], *BLOCKS["gen2021"]) for row, label in rows.items()},
}
LABELS["normative_documents"] = "规范性文件"
