"""Controls: what a visitor of a list can press for more of it, whoever drew it and however it works. Pure.

Numbers in a row, words, icons of a pager, 加载更多. A control is judged by where it stands and by what is written on
it, not by the function it calls: `script` holds whatever it would run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import html

from spiders.pages.fetch import Fetch, seen_key
from spiders.pages.leads_to import leads_to
from spiders.pages.page import Page
from spiders.pages.texts import squeeze

Means = Literal["next", "number", "last", "more"]

_NEXT = re.compile(
    r"^[\[【<（(]?\s*(?:下一?[页頁]|后一?[页頁]|次[页頁]|下[一1][页頁]|next(?:\s*page)?)\s*[›»>→]*\s*[\]】>）)]?$", re.I
)
_NEXT_SIGN = re.compile(r"^(?:[>›»→]|>>|&gt;)$")
_LAST = re.compile(r"^[\[【<（(]?\s*(?:[尾末][页頁]|最[后末]一?[页頁]?|last(?:\s*page)?|>\|)\s*[\]】>）)]?$", re.I)
_MORE = re.compile(
    r"^(?:点击|点此|上拉|下拉|滑动|查看|加载|显示|展开|浏览|获取)+\s*(?:加载|显示|查看)?\s*(?:更多|余下|剩余|下一批).{0,4}$|^load\s*more$",
    re.I,
)
_WORDS: tuple[tuple[Means, re.Pattern[str]], ...] = (("next", _NEXT), ("last", _LAST), ("more", _MORE))
_ICON = re.compile(r"(?:^|[\s_-])(?:next|pagenext|nextpage|arrow-?right|right)(?:$|[\s_-])", re.I)
_PAGER = re.compile(r"pag(?:e|er|ing|ination|ebar|enav)?(?:$|[\s_\d-])|fenye|fanye|page", re.I)
_PAGER_WORDS = re.compile(r"[上下前后]一?[页頁]|[首尾末][页頁]|第\s*\d+\s*[页頁/]|共\s*\d+\s*[页頁条]")
_OFF = re.compile(
    r"(?:^|[\s_-])(?:is-)?(?:disabled?|off|unable|no-?link|no-?click|gr[ae]y|inactive|end)(?:$|[\s_-])", re.I
)
_CURRENT = re.compile(r"(?:^|[\s_-])(?:current|cur|active|on|selected|this|now|thispage)(?:$|[\s_-])", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_VOID = re.compile(r"^(?:#.*|javascript:\s*(?:void\s*\(?\s*0?\s*\)?|;*)?\s*;*)?$", re.I)
_NUMBER = re.compile(r"^[\[【(（第]?\s*(\d{1,4})\s*[页頁]?[\]】)）]?$")
_YEAR = re.compile(r"^20[0-3]\d$")
_TAGS = ("a", "button", "li", "span", "div", "input", "i", "em", "b", "strong", "img", "font", "td", "p", "u", "label")
_LONGEST = 12
"""Characters of the longest text that a control carries."""
_LONGEST_PAGER = 400
"""Characters of a pager with all its numbers."""
_MOST_PIECES = 1000
"""Pieces of text in a pager, blanks between its tags included."""
_UP = 3
"""Steps from a text to the element that acts for it: ``li > a > span``."""


@dataclass(frozen=True, slots=True)
class Control:
    """One control. `number`: the page it names; `way`: where it leads; `script`: what is written on it to be run.

    `off`: drawn as not to be pressed. `current`: it stands for the page that is shown.
    """

    means: Means
    shown: str
    number: int | None
    way: Fetch | None
    script: str
    off: bool
    current: bool
    element: html.HtmlElement

    @property
    def acts(self) -> bool:
        """Does anything written on it say what it does?"""
        return bool(self.way or self.script)


def controls(page: Page, times: int = 1) -> tuple[Control, ...]:
    """Every control of `page`, in document order, hidden ones left out; what each does when pressed so many `times`."""
    if not page.is_html and page.rendered is None:
        return ()
    found: dict[html.HtmlElement, Control] = {}
    for leaf in page.tree.iter(*_TAGS):
        meant = _means(leaf)
        if meant is None:
            continue
        actor = _actor(leaf)
        if actor not in found and not _is_hidden(actor):
            found[actor] = _control(page, leaf, actor, *meant, times)
    return tuple(_without_strays(list(found.values())))


def _means(leaf: html.HtmlElement) -> tuple[Means, str] | None:
    """What an innermost element stands for, with what it shows."""
    if any(child.tag in _TAGS and child.tag != "img" for child in leaf):
        return None
    shown = _shown(leaf)
    if len(shown) > _LONGEST:
        return None
    if named := _in_words(shown) or _in_words(_told(leaf)):
        return named
    if _points_on(leaf, shown):
        return ("next", shown or "an arrow") if in_pager(leaf) else None
    numbered = _NUMBER.match(shown)
    is_page = numbered is not None and not _YEAR.match(numbered[1])
    return ("number", numbered[1]) if numbered is not None and is_page else None


def _shown(leaf: html.HtmlElement) -> str:
    return squeeze(leaf.get("value") or "") if leaf.tag == "input" else squeeze("".join(leaf.itertext()))


def _told(leaf: html.HtmlElement) -> str:
    """What it is called where nothing is shown."""
    return squeeze(leaf.get("title") or leaf.get("alt") or leaf.get("aria-label") or "")


def _points_on(leaf: html.HtmlElement, shown: str) -> bool:
    """Is it an arrow to the next page?"""
    return leaf.get("rel") == "next" or bool(_NEXT_SIGN.match(shown)) or (not shown and _is_icon(leaf))


def _in_words(text: str) -> tuple[Means, str] | None:
    return next(((means, text) for means, words in _WORDS if words.match(text)), None)


def _is_icon(leaf: html.HtmlElement) -> bool:
    """An arrow without words, by its own class, its picture's name, or its button's."""
    parent = leaf.getparent()
    around = parent.get("class") or "" if parent is not None and parent.tag in ("a", "button", "li") else ""
    drawn = f"{leaf.get('class') or ''} {around} {(leaf.get('src') or '').rpartition('/')[2].partition('.')[0]}"
    return leaf.tag in ("i", "em", "span", "img", "button", "a", "b") and bool(_ICON.search(drawn))


def in_pager(element: html.HtmlElement) -> bool:
    """Does the element stand in something that is called a pager or speaks like one?"""
    for ancestor in (element, *list(element.iterancestors())[:_UP]):
        if ancestor.tag in ("body", "html"):
            return False
        if _PAGER.search(f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"):
            return True
        if _PAGER_WORDS.search(_little_text(ancestor)):
            return True
    return False


def _little_text(element: html.HtmlElement) -> str:
    """The text of what may be a pager, empty where there is more of it: a whole list is not read for each number."""
    parts, length = [], 0
    for part in element.itertext():
        parts.append(part)
        length += len(part.strip())
        if length >= _LONGEST_PAGER or len(parts) > _MOST_PIECES:
            return ""
    text = squeeze(" ".join(parts))
    return text if len(text) < _LONGEST_PAGER else ""


def _actor(leaf: html.HtmlElement) -> html.HtmlElement:
    """The element that acts for `leaf`: itself, or what encloses it and nothing else."""
    node = leaf
    for _ in range(_UP):
        if _script(node) or (node.get("href") and not _VOID.match(node.get("href").strip())):
            return node
        parent = node.getparent()
        if parent is None or parent.tag not in (*_TAGS, "ul") or len(parent) > 1:
            break
        if squeeze("".join(parent.itertext())) != squeeze("".join(leaf.itertext())):
            break
        node = parent
    return next((one for one in (leaf, *list(leaf.iterancestors())[:_UP]) if one.tag in ("a", "button")), leaf)


def _script(node: html.HtmlElement) -> str:
    """What is written on an element to be run when it is pressed."""
    href = (node.get("href") or "").strip()
    called = href.partition(":")[2] if href.lower().startswith("javascript:") and not _VOID.match(href) else ""
    return "; ".join(part for part in (called, node.get("onclick") or "") if part.strip())


def _control(
    page: Page, leaf: html.HtmlElement, actor: html.HtmlElement, means: Means, shown: str, times: int
) -> Control:
    drawn = (leaf, actor, *([actor.getparent()] if actor.getparent() is not None else []))
    classes = [one.get("class") or "" for one in drawn]
    off = any(one.get("disabled") is not None or one.get("aria-disabled") == "true" for one in drawn)
    return Control(
        means,
        shown,
        int(shown) if means == "number" else None,
        leads_to(actor, page.ground, times),
        _script(actor),
        off or any(map(_OFF.search, classes)),
        any(map(_CURRENT.search, classes)),
        actor,
    )


def _is_hidden(element: html.HtmlElement) -> bool:
    return any(
        one.get("hidden") is not None or _HIDDEN.search(one.get("style") or "")
        for one in (element, *element.iterancestors())
    )


def _without_strays(found: list[Control]) -> Iterator[Control]:
    """Numbers count only in a pager: in a row with other numbers, and where they act or the row is called one."""
    rows: dict[html.HtmlElement, set[int]] = {}
    for control in found:
        if control.number is not None:
            for holder in list(control.element.iterancestors())[:_UP]:
                rows.setdefault(holder, set()).add(control.number)
    words = any(control.means in ("next", "last") for control in found)
    for control in found:
        if control.number is None:
            yield control
            continue
        beside = [rows[holder] for holder in list(control.element.iterancestors())[:_UP]]
        in_a_row = any({control.number - 1, control.number + 1} & row for row in beside)
        meant = in_pager(control.element) or (control.acts and words) or _names_itself(control)
        if in_a_row and meant and not _is_calendar(control.element):
            yield control


def _names_itself(control: Control) -> bool:
    """Does the number stand in the address that it leads to, or in what it runs?"""
    told = control.way.address if control.way is not None else control.script
    return bool(re.search(rf"(?<!\d){control.number}(?!\d)", told))


def _is_calendar(element: html.HtmlElement) -> bool:
    """A month of days: seven cells a row."""
    row = next(element.iterancestors("tr"), None)
    return row is not None and len(row) == 7


def following_control(page: Page, times: int = 1) -> Control | None:
    """What leads to the page after this one: its next control, else the next number, else one for more.

    The controls of a list that a script draws may stand in the page that the list was put into.
    """
    for shown in (page, page.asked_by) if page.asked_by is not None else (page,):
        offered = [one for one in controls(shown, times) if not one.off and not is_here(page, one)]
        ahead = [one for one in offered if one.means == "next"]
        ahead += [one for one in offered if one.number == page.fetch.number + 1]
        ahead += [one for one in offered if one.means == "more"]
        if found := next((one for one in ahead if one.acts), None):
            return found
    return None


def is_here(page: Page, control: Control) -> bool:
    """Does it lead to the very page it stands on?"""
    return control.way is not None and control.way.key in (page.fetch.key, seen_key(page.url))
