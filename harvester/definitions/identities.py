"""The arithmetic of the forms as the site explains it: which cells stand on each side of an identity (勾稽关系)."""

from __future__ import annotations

from dataclasses import dataclass

from harvester.definitions import gloss

Key = str
"""``table/row/column``."""

OUTCOMES = ("upheld", "corrected", "other_outcome", "pending")
UNGROUPED = ("granted", "partially_granted", "other_disposition")


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """Σ `parts` = Σ `whole`; the last cell of `whole` is where a reader looks first. Texts in both languages."""

    parts: tuple[Key, ...]
    whole: tuple[Key, ...]
    zh: str
    en: str


RULES: dict[str, tuple[str, str]] = {
    "T3-FLOW": ("新收 + 上年结转 = 办理结果总计 + 结转下年", "new + carried in = disposed + carried out"),
    "T3-DISP": ("（七）总计 = 各项办理结果之和", "(7) total = sum of the outcomes"),
    "T3-APPL": ("总计 = 自然人与五类组织之和", "total = natural persons + the five kinds of organisation"),
    "T4-SUM": ("总计 = 四种结果之和", "total = sum of the four outcomes"),
}


def identity(code: str, key: str, form: str) -> FileIdentity | None:
    """The identity that check `code` on `key` tests in a report of `form`; None for codes without one."""
    if code not in RULES:
        return None
    zh, en = RULES[code]
    parts, whole = _sides(code, key, form)
    return FileIdentity(parts, whole, zh, en)


def _sides(code: str, key: str, form: str) -> tuple[tuple[Key, ...], tuple[Key, ...]]:
    if code == "T3-FLOW":
        left, right = ("requests_received", "requests_carried_in"), ("disposed_total", "requests_carried_out")
        return tuple(f"requests/{row}/{key}" for row in left), tuple(f"requests/{row}/{key}" for row in right)
    if code == "T3-DISP":
        # Some agencies keep the one row of the older form in place of the three: a document has one or the other.
        own = {row.id for row in gloss.request_rows(form)} | {"other_disposition"}
        rows = [row.id for row in gloss.request_rows() if row.id in own and (row.group or row.id in UNGROUPED)]
        return tuple(f"requests/{row}/{key}" for row in rows), (f"requests/disposed_total/{key}",)
    if code == "T3-APPL":
        columns = [column for column in gloss.request_columns() if column != "total"]
        return tuple(f"requests/{key}/{column}" for column in columns), (f"requests/{key}/total",)
    return tuple(f"review_litigation/{key}/{outcome}" for outcome in OUTCOMES), (f"review_litigation/{key}/total",)


def subject(code: str, key: str) -> tuple[str, str]:
    """What the identity is about: the row or column it runs over, in both languages."""
    known: dict[str, gloss.Label] = gloss.review_rows() | gloss.request_columns()
    known |= {row.id: row for row in gloss.request_rows()}
    label = known.get(key)
    return (label.zh, label.en) if label else (key, key)
