"""What a page says about its document outside the article: tags of its head, the box above the text, the breadcrumb.

Tags follow the standard of government websites (ArticleTitle, PubDate, ContentSource …). They are evidence, not
truth: templates get copied from portal to portal with foreign names in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from lxml import etree

from parsers.content import Paragraph, Table
from parsers.formats.html.article import is_page_data
from parsers.formats.html.tree import printed
from parsers.formats.html.walk import Flow
from parsers.printed.page_data import LABELS
from parsers.printed.titles_and_agencies import read_title
from parsers.printed.traditional import simplified

_TAGS = {
    "articletitle": "title",
    "pubdate": "published_tag",
    "publishdate": "published_tag",
    "publishtime": "published_tag",
    "article:published_time": "published_tag",
    "og:release_date": "published_tag",
    "firstpublishedtime": "published_tag",
    "datepublished": "published_tag",
    "dc.date": "published_tag",
    "contentsource": "publisher",
    "sitename": "site",
    "columnname": "column",
    "siteidcode": "site_code",
    "author": "author",
}
_SPACES = r"[ \u3000\xa0]*"
_LABEL = "|".join(_SPACES.join(label) for label in sorted(LABELS, key=len, reverse=True))
_DATE = r"20\d\d\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}\s*日?"
_TIME = r"(?:\s*\d{1,2}:\d\d(?::\d\d)?)?"
_STAMP = re.compile(rf"(?:^|[\s|｜\[【(（])(?:日期|时间|发布)\s*[:：]\s*({_DATE}){_TIME}|^\s*[\[【(（]?({_DATE})(?!\d)")
_BELOW = 3
"""Blocks below the title in which an unlabelled date is that of its publication."""
_LINKED_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_LABELLED_DATE = re.compile(rf"[期间]\s*{_DATE}")
_BARE_LABEL = re.compile(rf"[\s【\[]*(?P<label>{_LABEL})[\s】\]:：]*")
_SPACE = re.compile(r"\s+")
_CRUMB = re.compile(r"^(?:您?(?:现在|当前)?的?(?:所在)?位置\s*[:：是]?|首页\s*[>＞»/])")
_LONGEST_LINE = 400


def about(root: etree._Element, flow: Flow) -> dict[str, str]:
    """``title``, ``publisher``, ``published_on``, ``index_number``, ``breadcrumb`` … as printed, where given."""
    found: dict[str, str] = {}
    for key, value in (*_box(flow), *_tags(root), *_headline(root), *_lines(flow), *_stamps(flow)):
        if value and key not in found:
            found[key] = value
    return found


def _tags(root: etree._Element) -> Iterator[tuple[str, str]]:
    for tag in root.iter("meta"):
        key = _TAGS.get((tag.get("name") or tag.get("property") or tag.get("itemprop") or "").strip().lower())
        if key:
            yield key, (tag.get("content") or "").strip()


def _headline(root: etree._Element) -> Iterator[tuple[str, str]]:
    """The heading of the page, dates in tags of content systems, then the title of its window."""
    for element in root.iter("ucaptitle", "h1"):
        yield "title", printed(element)
    for element in root.iter("publishtime", "pubdate"):
        yield "published_tag", printed(element)
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json" and (found := _LINKED_DATE.search(script.text or "")):
            yield "published_tag", found[1]
    for element in root.iter("title"):
        yield "window_title", printed(element)
        return


def _box(flow: Flow) -> Iterator[tuple[str, str]]:
    """Pairs of label and value in tables of page data."""
    for block in flow.blocks:
        if isinstance(block, Table) and is_page_data(block):
            for row in block.rows():
                yield from _pairs_of_row([cell.text for cell in row])


def _pairs_of_row(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    label = None
    for text in texts:
        bare = _BARE_LABEL.fullmatch(simplified(text))
        if bare:
            label = _key(bare["label"])
        elif label:
            yield label, text.strip()
            label = None
        else:
            yield from _pairs(text)


def _lines(flow: Flow) -> Iterator[tuple[str, str]]:
    """Pairs in the paragraphs; a label may stand in one and its value in the next."""
    label = None
    for block in flow.blocks:
        if not isinstance(block, Paragraph) or len(block.text) > _LONGEST_LINE:
            label = None
            continue
        if _CRUMB.match(block.text.strip()):
            yield "breadcrumb", " ".join(block.text.split())
        if label is not None:
            yield label, block.text.strip()
        bare = _BARE_LABEL.fullmatch(simplified(block.text))
        label = _key(bare["label"]) if bare else None
        yield from _pairs(block.text)


def _stamps(flow: Flow) -> Iterator[tuple[str, str]]:
    """A date without a label of its own right below the title: [2023-01-20], 时间：2023-01-20."""
    paragraphs = [block.text for block in flow.blocks if isinstance(block, Paragraph)]
    for at, text in enumerate(paragraphs):
        if len(text) <= _LONGEST_LINE and read_title(text) is not None:
            for below in paragraphs[at + 1 : at + 1 + _BELOW]:
                if len(below) <= _LONGEST_LINE and (found := _STAMP.search(below)):
                    yield "stamp", found[1] or found[2]


@cache
def _pair() -> re.Pattern[str]:
    """A label with its value; many labels make it dear to compile."""
    return re.compile(
        rf"(?P<label>{_LABEL})[\s】\]]*(?:[:：]|(?=\s*{_DATE}))\s*"
        rf"(?P<value>(?:{_DATE}|(?:(?!(?:{_LABEL})\s*[:：])[^\s|｜【\[])*){_TIME})"
    )


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    if ":" in text or "：" in text or _LABELLED_DATE.search(text):
        for pair in _pair().finditer(simplified(text)):
            yield _key(pair["label"]), text[pair.start("value") : pair.end("value")].strip()


def _key(label: str) -> str:
    return LABELS[_SPACE.sub("", label)]
