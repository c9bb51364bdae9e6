"""Chinese full-text search without a dictionary: pieces of two characters, the last character of a run once more.

信息公开2022年 → 信息 息公 公开 开 2022 年. Whatever `LIKE` finds is found, single characters included.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from markupsafe import Markup, escape

CJK = r"\u3400-\u9fff\uf900-\ufaff"
RUN = re.compile(rf"[{CJK}]+|[0-9a-z]+")
ORDINARY = re.compile(r"[\x00-\x7f\u3400-\u9fff　、。，；：？！·…—“”‘’《》〈〉〔〕【】（）]*")
"""Text whose letters, digits and characters are in their one form already."""
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
TELEPHONE = re.compile(
    r"(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)"  # mobile
    r"|(?<!\d)\(?0\d{2,3}\)?[\s—–-]{0,2}\d{7,8}(?!\d)"  # landline with area code
    r"|(?<!\d)\d{7,8}(?=\s*(?:转|\(传真|（传真))"
    r"|(?:电话|传真|邮箱|手机|联系方式)[号码为是：:\s]*[\d\-—–()（）\s]{7,}"
)
SNIPPET = 72


def fold(text: str) -> str:
    """One form for every way of writing a character: width and case do not matter."""
    return unicodedata.normalize("NFKC", text).lower()


class _Folded(dict[int, str]):
    """One folded character for each character, worked out when first met: offsets in a text stay what they are."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = (fold(chr(code)) or chr(code))[0]
        return folded


FOLDED = _Folded()


def without_contacts(text: str) -> str:
    """Telephone numbers and e-mail addresses taken out: people are not to be found by them."""
    if "@" in text:
        text = EMAIL.sub(" ", text)
    return TELEPHONE.sub(" ", text)


def pieces(text: str) -> list[str]:
    """The words of the index for a text."""
    found: list[str] = []
    folded = text.lower() if ORDINARY.fullmatch(text) else fold(text)
    for run in RUN.findall(folded):
        if run[0].isascii():
            found.append(run)
        else:
            found += [run[i : i + 2] for i in range(len(run))]
    return found


def match(query: str) -> str:
    """An FTS5 expression for what a visitor typed; empty when nothing in it can be searched for."""
    return " AND ".join(term for word in query.split() if (term := _phrase(word)))


def _phrase(word: str) -> str:
    runs = RUN.findall(fold(word))
    if not runs:
        return ""
    found = pieces(word)
    last = runs[-1]
    if not last[0].isascii() and len(last) > 1:
        found.pop()  # the tail is only there to close a run; here the run may go on
    star = " *" if not last[0].isascii() and len(last) == 1 else ""
    return f'"{" ".join(found)}"{star}'


def snippet(text: str, query: str, width: int = SNIPPET) -> Markup:
    """A window of the text with the most different words of the query, each in `<mark>`."""
    folded = text.translate(FOLDED)
    hits = sorted(_hits(folded, query))
    if not hits:
        return escape(text[:width]) + ("…" if len(text) > width else "")
    best = max(hits, key=lambda hit: (len({h[2] for h in hits if hit[0] <= h[0] < hit[0] + width}), -hit[0]))
    start = max(0, best[0] - width // 4)
    start = max([start, *(text.rfind(mark, start, best[0]) + 1 for mark in "。；\n")])
    end = min(len(text), start + width)
    parts, at = [Markup("…" if start else "")], start
    for begin, stop, _ in hits:
        if begin >= at and stop <= end:
            parts += [escape(text[at:begin]), Markup("<mark>{}</mark>").format(text[begin:stop])]
            at = stop
    return Markup("").join([*parts, escape(text[at:end]), "…" if end < len(text) else ""])


def _hits(folded: str, query: str) -> Iterator[tuple[int, int, str]]:
    for word in query.split():
        wanted = fold(word)
        at = folded.find(wanted) if wanted else -1
        for _ in range(200):
            if at < 0:
                break
            yield at, at + len(wanted), wanted
            at = folded.find(wanted, at + 1)
