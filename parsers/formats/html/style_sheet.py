"""What a page hides by its own style sheet: ``.mobile{display:none}``. Elements it names are marked as hidden."""

from __future__ import annotations

import re

_SHEET = re.compile(r"<style\b[^>]*>(.*?)</style\s*>", re.I | re.S)
_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*+(?:\*/|$)|<!--|-->")
_AT_BLOCK = re.compile(r"@[^{};@]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
"""What holds on paper or on small screens only."""
_RULE = re.compile(r"(?<![^{}])([^{}]++)\{([^{}]*+)\}")
_SIMPLE = re.compile(r"\s*(\w*)([.#])([\w-]+)\s*")
_DISPLAY = re.compile(r"(?<![\w-])display\s*:\s*(\w+)", re.I)
_TAG = re.compile(r"<(\w+)(\s[^<>]*\b(?:class|id)\s*=[^<>]*)>", re.I)
_NAMES = re.compile(r"\b(class|id)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.I)
_MOST_OPEN = 10
"""Style sheets without an end; each of them is looked for to the end of the page."""
LONGEST = 100_000
"""Characters of a style sheet that are looked at."""

Selector = tuple[str, str, str]
"""Element or "", ``.`` or ``#``, name."""


def with_hidden_marked(text: str) -> str:
    """The page with `hidden` on each element that its style sheets do not display.

    Only rules for one class or id are followed; of several for the same one the last counts.
    """
    lowered = text.lower()
    sheets = lowered.count("<style")
    hidden = _hidden(text) if sheets and sheets < lowered.count("</style") + _MOST_OPEN else set()
    return _TAG.sub(lambda tag: _marked(tag, hidden), text) if hidden else text


def _hidden(text: str) -> set[Selector]:
    shown: dict[Selector, bool] = {}
    for sheet in _SHEET.findall(text):
        if "none" not in sheet or len(sheet) > LONGEST:
            continue
        for selectors, rule in _RULE.findall(_AT_BLOCK.sub("", _COMMENT.sub("", sheet))):
            display = _DISPLAY.search(rule)
            for simple in map(_SIMPLE.fullmatch, selectors.split(",")) if display else ():
                if simple and display:
                    shown[simple[1].lower(), simple[2], simple[3]] = display[1].lower() != "none"
    return {selector for selector, is_shown in shown.items() if not is_shown}


def _marked(tag: re.Match[str], hidden: set[Selector]) -> str:
    element = tag[1].lower()
    for kind, *quoted in _NAMES.findall(tag[2]):
        mark = "." if kind.lower() == "class" else "#"
        for name in "".join(quoted).split():
            if ("", mark, name) in hidden or (element, mark, name) in hidden:
                return f"<{tag[1]} hidden{tag[2]}>"
    return tag[0]
