"""The statuses of the ledger in one place: sign, word and what counts as obtained. vocabulary.toml says what they mean.

Whatever counts, colours, lists or exports statuses takes them from here, in this order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LedgerStatus:
    """A sign of its own (never a colour alone), a word in Chinese and English; `obtained`: the archive holds it."""

    sign: str
    zh: str
    en: str
    obtained: bool = False


LEDGER_STATUSES: Mapping[str, LedgerStatus] = {
    "found": LedgerStatus("●", "已找到", "found", obtained=True),
    "late": LedgerStatus("◐", "迟发", "late", obtained=True),
    "removed": LedgerStatus("✕", "已撤下", "removed", obtained=True),
    "placeholder": LedgerStatus("▦", "空栏目", "placeholder"),
    "unreadable": LedgerStatus("▨", "未能读出", "unreadable"),
    "broken": LedgerStatus("⊗", "链接已断", "broken link"),
    "missing": LedgerStatus("○", "未找到", "not found"),
    "blocked": LedgerStatus("⊘", "受阻", "blocked"),
    "unknown": LedgerStatus("？", "不能断定", "not known"),
    "not_visited": LedgerStatus("◌", "尚未走访", "not visited yet"),
}
OBTAINED = tuple(name for name, status in LEDGER_STATUSES.items() if status.obtained)
"""Removed reports are among them: the archive holds what its portal has taken down."""
