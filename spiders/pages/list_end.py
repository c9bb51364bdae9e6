"""The end of a list: what on its last page says that there is more. Pure.

A list is complete only with proof. Whatever a visitor sees that promises a further page, and that the walk did not
follow, makes it short.
"""

from __future__ import annotations

import re

from spiders.pages.controls import Control, controls, is_here
from spiders.pages.page import Page

_ARGUMENT = re.compile(r"[(,]\s*['\"]?(?:Page\$)?(\d{1,4})['\"]?\s*(?=[,)])")


def signs_of_more(page: Page, pages: int | None, *, next_was_live: bool) -> tuple[str, ...]:
    """What `page` (logical number ``page.fetch.number``) shows of pages after it, in words for an event.

    `pages`: how many the list says it has. `next_was_live`: on the page before, the next control said what it does; one
    that says nothing any more is switched off.
    """
    at_end = pages is not None and page.fetch.number >= pages
    found = [_sign(page, control, at_end, next_was_live) for control in controls(page)]
    return tuple(dict.fromkeys(sign for sign in found if sign))


def is_live(page: Page, control: Control) -> bool:
    """Is anything written on the control that leads to another page than this one?"""
    if control.off or control.current:
        return False
    if control.way is not None:
        return not is_here(page, control)
    return bool(control.script) and page.fetch.number not in _numbers(control.script)


def _sign(page: Page, control: Control, at_end: bool, next_was_live: bool) -> str | None:
    if control.off or control.current:
        return None
    here = page.fetch.number
    if control.number is not None:
        return f"a page {control.number}" if control.number > here and _may_act(page, control) else None
    if control.means == "last":
        ahead = is_live(page, control) and not at_end and max(_numbers(control.script), default=here + 1) > here
        return f"a last page ({control.shown})" if ahead else None
    if at_end:
        return None
    if is_live(page, control):
        return f"a further page ({control.shown})"
    silent = not control.acts and _may_act(page, control) and not next_was_live
    return f"a control {control.shown} that nothing is written on" if silent else None


def _may_act(page: Page, control: Control) -> bool:
    """Can a script have given it something to do? Bare text on a page without scripts cannot do anything."""
    pressable = control.element.tag in ("a", "button", "input")
    return control.acts or pressable or page.asked_by is not None or "<script" in page.text.lower()


def _numbers(script: str) -> list[int]:
    return [int(found) for found in _ARGUMENT.findall(script)]
