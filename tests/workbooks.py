"""Workbooks filled by a function, for the tests of spreadsheets."""

from __future__ import annotations

import io
from collections.abc import Callable

import xlsxwriter
from xlsxwriter.workbook import Workbook


def workbook(fill: Callable[[Workbook], None]) -> bytes:
    """An .xlsx."""
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True})
    fill(made)
    made.close()
    return buffer.getvalue()
