"""Datasette's own pages for those who do not see them: labels on fields, headings in order, lists in reach."""

from __future__ import annotations

import re

from markupsafe import Markup

REPLACEMENTS = (
    (re.compile(r'<select name="_filter_column'), '<select aria-label="列 column" name="_filter_column'),
    (re.compile(r'<select name="_filter_op'), '<select aria-label="关系 relation" name="_filter_op'),
    (
        re.compile(r'<input type="text" name="_filter_value'),
        '<input type="text" aria-label="值 value" name="_filter_value',
    ),
    (re.compile(r'<select name="_sort"'), '<select aria-label="排序 sort by" name="_sort"'),
    (
        re.compile(r'<textarea id="sql-editor"'),
        '<textarea aria-label="SQL" spellcheck="false" rows="6" id="sql-editor"',
    ),
    (
        re.compile(r'<dl class="column-descriptions"'),
        '<dl tabindex="0" aria-label="各列 columns" class="column-descriptions"',
    ),
    (re.compile(r'<div class="table-wrapper"'), '<div tabindex="0" class="table-wrapper"'),
)
HEADING = re.compile(r"<(/?)h3\b")


def labelled(html: str) -> Markup:
    """The content of a page of Datasette's; it uses the third level of headings straight after the first."""
    for pattern, replacement in REPLACEMENTS:
        html = pattern.sub(replacement, html)
    return Markup(HEADING.sub(r"<\1h2", html))
