"""The agency: the title before the opening sentence before the signature before what page and list say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from parsers.content import Content
from parsers.metadata.dates import is_date
from parsers.metadata.lines import Line, closing_lines
from parsers.metadata.titles import Candidate
from parsers.metadata.years import place_of
from parsers.printed.scopes import scope_of
from parsers.printed.titles_and_agencies import LONGEST_TITLE, clean_agency, tight, with_place
from parsers.report import Evidence, Hints

ORDER = (
    "title", "page_title", "statement", "compiled", "signature", "list_title", "window_title", "prose", "breadcrumb",
    "index_card",
)  # fmt: skip
"""Kinds of evidence, the strongest first. Neither the column nor the host is asked."""
STATED = frozenset({"title", "page_title", "statement", "signature", "list_title"})
"""Kinds that name the body which reports: where two of them differ, a person should look. Another may compile it."""

_COMPLETING = frozenset({"page_title", "statement", "compiled", "signature"})
_NAME = r"[\u4e00-\u9fff（）()]"
_ENDS = r"(?:[局委办厅室院会署处站校社]|政府|街道|苏木|[镇乡省市县区旗州盟]|中心|办事处|管委会)"
_COMPILED = re.compile(
    rf"(?:本报告|本年度报告|本年报|现)?由({_NAME}{{3,40}}?)(?:按照|根据|依据|依照|遵照|编制|负责编制|结合)"
)
_PUBLISHED = re.compile(
    rf"现(?:将|就|公布|发布|形成|向社会公布)《?(?:20\d\d年度?)?({_NAME}{{2,30}}?)(?:20\d\d年度?|年度)"
    r"[^。，,]{0,12}(?:信息公开|政务公开)"
)
_OF_ALL = re.compile(
    rf"(?:结合|根据|依据|汇总)(?:20\d\d年度?)?({_NAME}{{1,12}}?[省市县区旗州盟])各(?:级|乡|镇|街|部门|县|市|区|单位)"
)
_BEGINS = re.compile(
    rf"20\d\d年(?:度|以来|全年)?[,，]?({_NAME}{{2,24}}?{_ENDS})"
    r"(?:认真|深入|坚持|在[^。，]{2,24}(?:领导|指导|关心|支持)下|积极|严格|按照|高度|"
    r"全面|紧紧|贯彻|落实|围绕|不断|切实|继续|扎实|始终|未|共|持续|着力|大力|立足|根据|以|进一步)"
)
_SIGNED = re.compile(rf"{_NAME}{{2,24}}{_ENDS}")
_SENTENCES = ((_PUBLISHED, "statement"), (_OF_ALL, "statement"), (_COMPILED, "compiled"), (_BEGINS, "prose"))
_LAST = 8
"""Lines at the end of a document in which its signature stands."""


def evidence(
    content: Content, titles: Sequence[Candidate], text: str, lines: Sequence[Line], hints: Hints
) -> Iterator[Evidence]:
    """What names the agency. `text` is the prose in simplified characters, without white space."""
    for one in titles:
        if one.titled.agency and one.kind in ORDER:
            yield Evidence("agency", one.titled.agency, one.kind, one.quote, one.place)
    for pattern, kind in _SENTENCES:
        found = next((match for match in pattern.finditer(text) if _named(match[1])), None)
        if found is not None:
            yield Evidence("agency", _named(found[1]) or "", kind, found[0], place_of(found[0], lines))
    yield from _signature(content)
    if hints.agency and (name := clean_agency(hints.agency[:LONGEST_TITLE])):
        yield Evidence("agency", name, "list_title", hints.title or hints.agency)
    if (card := content.meta.get("publisher")) and (name := clean_agency(card[:LONGEST_TITLE])):
        yield Evidence("agency", name, "index_card", card)


def _named(text: str) -> str | None:
    """A whole name out of a sentence: not 我局, not 各部门, and long enough to be told from a word."""
    name = clean_agency(text)
    return name if name is not None and not re.match(r"(?:我|本|该|各|全|上|下|有关|相关)", name) else None


def _signature(content: Content) -> Iterator[Evidence]:
    """The body that signs at the end: a name alone in a line, a date alone in the next."""
    for name, dated in pairwise(closing_lines(content, _LAST)):
        plain = tight(name.text)
        if is_date(tight(dated.text)) and _SIGNED.fullmatch(plain) and (signed := clean_agency(plain)):
            yield Evidence("agency", signed, "signature", f"{name.text} {dated.text}", name.place)
            return


def chosen(found: Sequence[Evidence], text: str) -> str | None:
    """The agency by the strongest evidence, completed by what else names it in full."""
    ordered = sorted(found, key=lambda one: ORDER.index(one.kind))
    if not ordered:
        return None
    name = str(ordered[0].value)
    for other in (str(one.value) for one in ordered[1:] if one.kind in _COMPLETING):
        if len(other) > len(name) and _completes(other, name):
            name = other
    return with_place(name, (text,))


def _completes(full: str, short: str) -> bool:
    """民政局 by 青石县民政局. 青石县2022年…报告 by 青石县人民政府办公室 stays the county's."""
    return full.endswith(short) or (scope_of(short) == scope_of(full) and full.startswith(short))


_PLACE = re.compile(r"[\u4e00-\u9fff]{1,9}?(?:自治[州县旗区]|省|市|县|区|旗|州|盟|镇|乡|街道|苏木)(?![场政容民域划])")
_OFFICE = re.compile(
    r"(?:人民政府|政府|管委会|管理委员会)?(?:[局镇乡委]|街道|党政|综合|政务公开)*(?:办公室|办公厅|办|科|股)?$"
)
_BODY = re.compile(r"(?:人民政府|政府|管理委员会|管委会|办事处|委员会|党工委)$")


def related(one: str, other: str) -> bool:
    """May two names mean one body? An office stands for its house, a short name for a long one."""
    if one.endswith(other) or other.endswith(one):
        return True
    (places, rest), (other_places, other_rest) = _split(one), _split(other)
    if places and other_places and not (places[-1] in other or other_places[-1] in one):
        return False
    if any(part and _OFFICE.fullmatch(part) for part in (rest, other_rest)):
        return True
    bare, other_bare = _BODY.sub("", rest), _BODY.sub("", other_rest)
    if not bare or not other_bare:
        return bare == other_bare  # a government and one of its departments are two
    return any(_is_short_for(short, full) for short, full in ((bare, other_bare), (other_bare, bare)))


def _split(name: str) -> tuple[list[str], str]:
    """The places that a name begins with, and what is left: 云州市青石县民政局."""
    places: list[str] = []
    at = 0
    while (found := _PLACE.match(name, at)) is not None:
        places.append(found[0])
        at = found.end()
    return places, re.sub(r"^[省市县区旗州盟]", "", name[at:])


def _is_short_for(short: str, name: str) -> bool:
    """Do the characters of one stand in the other in that order? 文旅局 in 文化和旅游局, 卫健委 in 卫生健康委员会."""
    rest = iter(name)
    return len(short) > 1 and all(char in rest for char in short.removesuffix("局").removesuffix("委"))
