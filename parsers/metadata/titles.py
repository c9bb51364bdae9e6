"""The title: among the opening lines, in what the page and the list say, and inside the opening sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from parsers.content import Content, Place
from parsers.metadata.lines import Line, ways
from parsers.printed.breadcrumbs import last_step, steps
from parsers.printed.headings import heading_of
from parsers.printed.titles_and_agencies import (
    LONGEST_TITLE,
    Titled,
    clean_agency,
    is_placed,
    read_title,
    tight,
)
from parsers.report import Hints

_JOINED = 4
"""Lines that one title may take."""
_LONGEST_LINE = 70
_LONGEST_JOINED = 90
_STATED = re.compile(r"如下[:：]?$|[:：]$")
_SENTENCE_TITLE = re.compile(
    r"现\s*(?:将|就|公布|发布|形成|把|向社会公布)\s*[《“]?([^。，,《》“”]{4,60}?(?:报告|年报|情况))(?=[》”]|公布|编制|发布|报告|如下|[,，。])"
)
_LABEL_ONLY = re.compile(r"^[^:：]{1,8}[:：]")


class Candidate(NamedTuple):
    """A text that reads as a report's title, and which source it comes from."""

    titled: Titled
    kind: str
    quote: str
    place: Place


def candidates(content: Content, lines: Sequence[Line], hints: Hints) -> list[Candidate]:
    """Titles, best first: of the text, of the page, of the list, of the window, of the way to the page."""
    own = read_title(content.meta.get("title") or "")
    printed = list(_printed(lines))
    if own is not None:  # above the text may stand a list of other reports: first what is the page's own title too
        repeated = [one for one in printed if one.titled == own]
        printed = repeated + [one for one in printed if one not in repeated] if _is_list(printed) else printed
    found = [*printed, *_stated(lines)]
    known = (
        ("page_title", content.meta.get("title")),
        ("list_title", hints.title),
        ("window_title", content.meta.get("window_title")),
        *(("breadcrumb", way) for way in ways(content)),
    )
    for kind, text in known:
        titled = read_title(last_step(text)) if text and len(text) <= LONGEST_TITLE else None
        if titled is not None and (kind != "breadcrumb" or (titled.agency and titled.year)):
            found.append(Candidate(titled, kind, text or "", Place()))
    return found


def _is_list(printed: Sequence[Candidate]) -> bool:
    """Are these the titles of several reports?"""
    return len({(one.titled.agency, one.titled.year) for one in printed if one.titled.agency}) > 1


def best(found: Iterable[Candidate]) -> Candidate | None:
    """The first title that names its agency, else the first with a year, else the first of all."""
    given = list(found)
    named = [one for one in given if one.titled.agency]
    dated = [one for one in given if one.titled.year]
    return next(iter([*named, *dated, *given]), None)


def title_shown(content: Content, lines: Sequence[Line], hints: Hints) -> str:
    """What stands for a title where no text reads as one: the page's, the list's, a line above the first heading."""
    for text in (content.meta.get("title"), hints.title):
        if text and not steps(text[:LONGEST_TITLE]):
            return tight(text[:LONGEST_TITLE])
    above = takewhile(lambda text: heading_of(text) is None, (tight(line.text) for line in lines))
    return next((text[:LONGEST_TITLE] for text in above if not is_sentence(text) and not _LABEL_ONLY.match(text)), "")


def _printed(lines: Sequence[Line]) -> Iterator[Candidate]:
    """Titles among the lines; one may take several of them."""
    for start, line in enumerate(lines):
        if len(tight(line.text)) > _LONGEST_LINE or tight(line.text).endswith("。"):
            continue
        for length in range(1, _JOINED + 1):
            joined = "".join(one.text for one in lines[start : start + length])
            if len(tight(joined)) > _LONGEST_JOINED:
                break
            titled = read_title(joined)
            if titled is not None and not is_sentence(joined):
                if length == 1 or begins_title(
                    line.text, "".join(one.text for one in lines[start + 1 : start + length])
                ):
                    yield Candidate(titled, "title", joined, line.place)
                break


def _stated(lines: Sequence[Line]) -> Iterator[Candidate]:
    """The title inside an opening sentence: 现将我局2022年政府信息公开工作年度报告公布如下."""
    for line in lines:
        for match in _SENTENCE_TITLE.finditer(line.text):
            text = match[1] if match[1].endswith(("报告", "年报")) else f"{match[1]}报告"
            if (titled := read_title(text)) is not None:
                yield Candidate(titled, "statement", match[1], line.place)


def begins_title(line: str, rest: str) -> bool:
    """Is a line the beginning of the title that ends in `rest`? Not where the rest names its agency, place and all."""
    titled, whole = read_title(rest), read_title(line + rest)
    if titled is None:
        return True
    if titled.agency is None:
        return whole is not None and (whole.agency, whole.year) != (titled.agency, titled.year)
    return is_placed(tight(line)) and not is_placed(titled.agency) and clean_agency(line) is not None


def is_sentence(text: str) -> bool:
    """A statement, not a title: 现将我局2022年政府信息公开工作报告如下."""
    return any(mark in text for mark in "。，；") or _STATED.search(tight(text)) is not None
