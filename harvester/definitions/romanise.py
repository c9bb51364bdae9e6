"""Chinese names in Latin letters: pinyin as GB/T 2260 writes it, and an English name. Generated, never official."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

VOWELS = tuple("aoe")
PLACE = re.compile(r"^(?:.*?[省市县区旗州盟])(?=.)")


@cache
def _raw() -> Mapping[str, Any]:
    return tomllib.loads(files("harvester.definitions").joinpath("romanisation.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Latin:
    """A name as `pinyin` ("Jiaxiang Xian"), by its `syllables`, and in `english` ("Jiaxiang County")."""

    pinyin: str
    syllables: tuple[str, ...]
    english: str

    @property
    def letters(self) -> str:
        """What somebody types who types pinyin: jiaxiangxian."""
        return "".join(self.syllables)

    @property
    def initials(self) -> str:
        return "".join(syllable[0] for syllable in self.syllables)


@cache
def _pinyin() -> Any:
    """The dictionary, with our readings in it; loaded when something is published, never by the site."""
    import pypinyin

    pypinyin.load_single_dict({ord(char): reading for char, reading in _raw()["characters"].items()})
    pypinyin.load_phrases_dict(
        {name: [[syllable] for syllable in reading.split()] for name, reading in _raw()["readings"].items()}
    )
    return pypinyin


def syllables(text: str) -> tuple[str, ...]:
    """A syllable a character, without tones; what is no Chinese character stands as it is, in lower case."""
    found = _pinyin().lazy_pinyin(text, errors=lambda other: list(other.lower()), v_to_u=True)
    return tuple(str(one) for one in found if str(one).strip())


def joined(text: str, read: tuple[str, ...] | None = None) -> str:
    """嘉祥 → Jiaxiang, 东阿 → Dong’e: one word, an apostrophe before a vowel inside it. `read`: its syllables."""
    spelling = _raw()["spellings"].get(text)
    if spelling:
        return str(spelling)
    first, *rest = (syllables(text) if read is None else read) or ("",)
    return (first + "".join(f"’{one}" if one.startswith(VOWELS) else one for one in rest)).capitalize()


def place(name: str) -> Latin:
    """A division: the proper name, then the peoples it is named for, then the kind of place."""
    read = syllables(name)
    for ending, (pinyin, english) in _raw()["places"].items():
        proper = name.removesuffix(ending)
        if proper and proper != name:
            own, peoples = _peoples(proper) if ending.startswith("自治") else (proper, [])
            latin = joined(own, read[: len(own)])
            of_pinyin = "".join(f" {joined(people)}" for people, _ in peoples)
            of_english = f" {_and([told for _, told in peoples])}" if peoples else ""
            called = (
                f"{latin}{pinyin.lower()}" if len(own) == 1 else latin
            )  # 单县 is never called by one syllable alone
            return Latin(f"{latin}{of_pinyin} {pinyin}", read, f"{called}{of_english} {english}")
    return Latin(joined(name, read), read, joined(name, read))


def _peoples(proper: str) -> tuple[str, list[tuple[str, str]]]:
    """恩施土家族苗族 → 恩施, [(土家族, Tujia), (苗族, Miao)]."""
    known: Mapping[str, str] = _raw()["peoples"]
    longest = sorted(known, key=len, reverse=True)
    found: list[tuple[str, str]] = []
    while proper not in _raw()["spellings"]:
        bare = proper.removesuffix("族")
        name = next((one for one in longest if bare.endswith(one)), None)
        if name is None or (bare == proper and len(name) == 1):
            break
        if bare == name:  # 东乡族自治县 has no other name
            return bare, found[::-1]
        found.append((proper[len(bare) - len(name) :], known[name]))
        proper = bare.removesuffix(name)
    return proper, found[::-1]


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def body(name: str, place_name: str | None) -> Latin:
    """A publishing body; `place_name`: the division that its name may begin with."""
    where = place_name if place_name and name.startswith(place_name) and name != place_name else _place_in(name)
    own = name.removeprefix(where)
    of = place(where) if where else None
    return Latin(
        " ".join(filter(None, [of.pinyin if of else "", joined(own)])),
        syllables(name),
        " ".join(filter(None, [of.english if of else "", _office(own)])),
    )


def _place_in(name: str) -> str:
    found = PLACE.match(name)
    return found[0] if found and len(found[0]) > 1 else ""


def _office(own: str) -> str:
    for place_ending, (_, english) in _raw()["places"].items():
        if own.endswith(f"{place_ending}人民政府") and own != f"{place_ending}人民政府":
            return f"{joined(own.removesuffix(f'{place_ending}人民政府'))} {english} People’s Government"
    for ending, english in _raw()["bodies"].items():
        if own.endswith(ending):
            duty = own.removesuffix(ending)
            known = _raw()["duties"].get(duty) or _raw()["duties"].get(own.removesuffix("局").removesuffix("委"))
            if known and own.endswith("局"):
                return f"{known} Bureau"
            return " ".join(filter(None, [known or (joined(duty) if duty else ""), english]))
    return joined(own)
