"""Chinese search: two-character pieces, and the last character of each run once more.

SQLite's own tokenizers find no two-character word. ``信息公开2022年`` is stored as ``信息 息公 公开 开 2022 年``;
a query is the phrase of its pieces, so that it finds exactly what stands in the text.
"""

from __future__ import annotations

import html
import re
import unicodedata

_CJK = r"\u3400-\u9fff\uf900-\ufaff"
_RUN = re.compile(rf"[{_CJK}]+|[0-9a-z]+")
_HAN = re.compile(rf"[{_CJK}]")
# Reports name a contact person; nobody needs to find people by their telephone number.
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.]+|(?<!\d)(?:0\d{2,3}\s*[-—－(（)） ]\s*)?\d{7,8}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)"
)


def normalise(text: str) -> str:
    """One character for each character of the text, so that offsets stay valid."""
    return "".join((unicodedata.normalize("NFKC", char).lower() or char)[0] for char in text)


def without_contacts(text: str) -> str:
    """The text without telephone numbers and e-mail addresses."""
    return _CONTACT.sub(" ", text)


def pieces(text: str, *, query: bool = False) -> list[str]:
    """The pieces under which a text is found. In a query the tail of the last run is left out."""
    made: list[str] = []
    runs = _RUN.findall(normalise(text))
    for number, run in enumerate(runs):
        if not _HAN.match(run):
            made.append(run)
            continue
        made += [run[at : at + 2] for at in range(len(run) - 1)]
        if not (query and number == len(runs) - 1 and len(run) > 1):
            made.append(run[-1])
    return made


def match(query: str) -> str:
    """An FTS5 expression: every word of the query, each as a phrase. Empty when there is nothing to look for."""
    terms = []
    for word in query.split():
        found = pieces(word, query=True)
        if found:
            prefix = " *" if len(found[-1]) == 1 and _HAN.match(found[-1]) else ""
            terms.append(f'"{" ".join(found)}"{prefix}')
    return " AND ".join(terms)


def snippet(text: str, query: str, width: int = 90) -> str:
    """HTML: the window with the most different words of the query, each in ``<mark>``; everything else escaped."""
    plain = normalise(text)
    words = [normalise(word) for word in query.split() if word.strip()]
    hits = sorted((at.start(), at.end(), word) for word in words for at in re.finditer(re.escape(word), plain))[:400]
    if not hits:
        return html.escape(text[:width]) + ("…" if len(text) > width else "")

    def score(hit: tuple[int, int, str]) -> tuple[int, int]:
        return len({word for start, _, word in hits if hit[0] <= start < hit[0] + width}), -hit[0]

    best = max(hits, key=score)
    begin = max(0, best[0] - width // 4)
    sentence = max(text.rfind(stop, begin, best[0]) for stop in "。；\n")
    begin = sentence + 1 if sentence >= 0 else begin
    end = min(len(text), begin + width)
    parts, at = ["…" if begin else ""], begin
    for start, stop, _ in hits:
        if start >= at and stop <= end:
            parts += [html.escape(text[at:start]), "<mark>", html.escape(text[start:stop]), "</mark>"]
            at = stop
    parts += [html.escape(text[at:end]), "…" if end < len(text) else ""]
    return "".join(parts).replace("\n", " ")
