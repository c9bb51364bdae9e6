"""One name for one agency: its place before it, in the words that the law uses, however a report or a list puts it."""

from __future__ import annotations

import re

from archive.divisions import Division, by_name, named_at_start
from harvester.definitions.bureau_names import spelled_out

LONG = 12
"""Characters; a longer name says where it is without its place before it."""

_LEVELS = "省市县区旗州盟"
_NO_LEVEL = re.compile(r"市[场政容民]|区[域块划]|县域|省际|州际")
"""Words that only begin with the character of a level: 市场监督管理局 is not 市 + 场监督管理局."""

_SELF = re.compile(r"(?:本|我)(?:级|机关|单位|部门|行政机关|省|市|县|区|旗|州|盟|局|委|办|厅|院|镇|乡|街道)?$")
_OFFICE = re.compile(rf"(?<=[{_LEVELS}])(?:人民政府办|政府办公室|政府办|府办公室|府办)$")
_OFFICE_OF_PROVINCE = re.compile(rf"(?<=[{_LEVELS}])政府办公厅$")
_GOVERNMENT = re.compile(rf"(?<=[{_LEVELS}镇乡])政府$")
_TOWN = re.compile(r"(?<=.[镇乡])$")
_ZONE = re.compile(r"(?<=区)管委会$")
_STREET = re.compile(r"(?<=街道)(?:办|办公室)?$")
_PLACE = re.compile(rf"[{_LEVELS}]$")


def is_self(printed: str) -> bool:
    """本机关, 我局: words for the writer, not a name."""
    return _SELF.match(re.sub(r"\s+", "", printed)) is not None


def canonical(printed: str, division: Division | None, place: str) -> str:
    """The name under which an agency is entered. `place` stands for a division that has no code of the nation's."""
    name = spelled_out(re.sub(r"\s+", "", printed))
    known = division.name if division else place
    if division is not None:
        name = _without_upper(name, division)
    if not known:
        return _full(name)
    return _placed(_full(_own_level(name, known)), known, division)


def _without_upper(name: str, division: Division) -> str:
    """山东省济宁市嘉祥县财政局 -> 嘉祥县财政局: province and city are told by the code."""
    at = name.find(division.name)
    upper = name[:at] if at > 0 else ""
    for above in (division.province, division.city):
        upper = upper.removeprefix(above)
    return name[at:] if at > 0 and not upper else name


def _own_level(name: str, known: str) -> str:
    """县财政局, 本县财政局 -> 嘉祥县财政局; 嘉祥 -> 嘉祥县."""
    bare = re.sub(rf"[{_LEVELS}]$", "", known)
    if name == bare and len(bare) > 1:
        return known
    rest = name.removeprefix("本")
    if rest[:1] == known[-1] and len(rest) > 1 and not _NO_LEVEL.match(rest) and not name.startswith(known):
        return known + rest[1:]
    return name


def _full(name: str) -> str:
    """府办 -> 人民政府办公室, 镇 -> 镇人民政府, 街道 -> 街道办事处."""
    for short, full in (
        (_OFFICE, "人民政府办公室"),
        (_OFFICE_OF_PROVINCE, "人民政府办公厅"),
        (_GOVERNMENT, "人民政府"),
        (_TOWN, "人民政府"),
        (_STREET, "办事处"),
        (_ZONE, "管理委员会"),
    ):
        name, count = short.subn(full, name, count=1)
        if count:
            break
    return name


def _placed(name: str, known: str, division: Division | None) -> str:
    """The name with its place before it, unless a place is in it. A place alone is its government."""
    if _PLACE.search(name) and (name == known or named_at_start(name, division.code if division else None)):
        return f"{name}人民政府"
    bare = re.sub(r"[市县区旗]$", "", known)
    told = bare in name if len(bare) > 1 else name.startswith(known)
    if told or len(name) > LONG or begins_with_a_place(name):
        return name
    return known + name


def begins_with_a_place(name: str) -> bool:
    """Whether the name of a division begins it, this one's or another's; 城区 and 新县 are words."""
    return any(by_name(name[:length]) for length in range(3, 12))
