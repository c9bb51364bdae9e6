"""What a report is: cells, sections, checks and findings, as `harvester extract` prints them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from parsers.content import Place
from parsers.value_class import value_class


class State(StrEnum):
    """What stands in a cell. Never collapsed: only `NUMBER` has a value, and a blank is not a zero."""

    NUMBER = "number"
    BLANK = "blank"
    DASH = "dash"
    SLASH = "slash"
    NONE_TEXT = "none_text"
    TEXT = "text"
    UNREADABLE = "unreadable"
    MISSING = "missing"


class Status(StrEnum):
    """Outcome of one identity."""

    PASS = "pass"
    FAIL = "fail"
    PASS_IF_BLANK_IS_ZERO = "pass_if_blank_is_zero"
    INCOMPLETE = "incomplete"
    NOT_APPLICABLE = "not_applicable"


class Attribution(StrEnum):
    """Whose error a finding is."""

    PUBLISHER = "publisher"
    EXTRACTION = "extraction"
    UNKNOWN = "unknown"


Number = int | Decimal
"""Exact always: integers, or decimals where the form allows them (万元). Never a float."""


@value_class(frozen=True, slots=True)
class ReportCell:
    """One cell of the form, with the text as printed and its place in the document.

    `table`, `row` and `column` are ids of forms.json; rows without one are ``unmapped_1`` … in printed order.
    `label` is the row label as printed (the column's for table four). `value` is None unless `state` is NUMBER.
    `candidate` is what an unusual numeral may say, printed in that `style`: only sums make a value of it.
    """

    table: str
    row: str
    column: str
    label: str
    raw: str
    state: State
    value: Number | None
    unit: str | None
    place: Place = Place()
    confidence: float | None = None
    candidate: Number | None = None
    style: str = ""
    key: str = field(init=False, repr=False, compare=False)
    """``table/row/column``: the name of the cell in findings, truth files and permalinks."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", f"{self.table}/{self.row}/{self.column}")


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the narrative. `number`: 1 to 6 by meaning (the printed ordinal may be wrong), 0 before them."""

    number: int
    heading: str
    text: str


@value_class(frozen=True, slots=True)
class Check:
    """One identity on one column, row or group (`key`). Sums are None where a needed cell has no number."""

    code: str
    key: str
    status: Status
    lhs: Number | None
    rhs: Number | None
    cells: tuple[str, ...] = ()

    @property
    def delta(self) -> Number | None:
        """lhs − rhs, None where either is missing."""
        return None if self.lhs is None or self.rhs is None else self.lhs - self.rhs


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at. `cells` are cell keys; `quote` is the clause with its offsets in the section's text."""

    code: str
    severity: str
    attribution: Attribution
    message: str
    cells: tuple[str, ...] = ()
    implied_value: Number | None = None
    quote: str | None = None
    quote_start: int | None = None
    quote_end: int | None = None
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One source that tells whose report it is or when: `field` is ``agency``, ``year`` or ``published_on``.

    `kind` names the source (``title``, ``period``, ``signature``, ``list_title`` …), `quote` what is printed there.
    """

    field: str
    value: str | int
    kind: str
    quote: str
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Report:
    """One annual report as one document carries it."""

    form: str
    title: str
    agency: str | None
    year: int | None
    scope: str | None
    publisher: str | None
    published_on: str | None
    sections: tuple[Section, ...]
    cells: tuple[ReportCell, ...]
    method: str
    checks: tuple[Check, ...] = ()
    findings: tuple[Finding, ...] = ()
    readings_agree: bool | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a document is not a report."""

    kind: str
    reason: str
    score: int


@dataclass(frozen=True, slots=True)
class Hints:
    """What the crawler knew about a document before it was read; never stronger than what is printed in it.

    `seen_on`: the day on which it was fetched (ISO 8601); nothing in it can be of a later day.
    """

    title: str | None = None
    agency: str | None = None
    year: int | None = None
    published_on: str | None = None
    url: str | None = None
    place_name: str | None = None
    seen_on: str | None = None
