"""Findings in English: every one has a sentence, with every value that the Chinese one tells."""

from __future__ import annotations

import csv
import io
import re
import sqlite3

import httpx

from harvester.site.build.cell_marks import create
from harvester.site.build.english import NUMBER, fill, sentence


def test_values_of_a_sum_that_fails_are_told() -> None:
    finding = {
        "code": "T4-SUM", "cell": "review_litigation/review/total", "cells": None, "implied_value": 17, "quote": None,
        "message": "“行政复议”不符合“总计等于结果维持、结果纠正之和”：17 与 0；指向“行政复议·总计”：印为 0，推算为 17",
    }  # fmt: skip
    told = sentence(finding, {"review_litigation/review/total": "0"}, ("17", "0"))
    assert told == (
        "review or litigation total is not the sum of outcomes; 17 against 0; Administrative review, Total,"
        " printed “0”; implied 17"
    )


def test_what_has_no_cell_keeps_its_quotation_and_numbers() -> None:
    finding = {"code": "DATE-IMPOSSIBLE", "cell": None, "cells": "[]", "implied_value": None, "quote": None,
               "message": "标题下的日期“2019-02-30”早于所报告的 2024 年年末"}  # fmt: skip
    assert sentence(finding, {}, None) == "a stated date that cannot be; “2019-02-30”; figures told: 2024"


async def test_view_and_file_have_english_for_every_finding(client: httpx.AsyncClient) -> None:
    for path in ("/archive/findings_public.csv", "/findings.csv"):
        answer = await client.get(path)
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert rows
        for row in rows:
            assert row["en"]
            assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"“[^”]*”", "", row["en"])), row["en"]


def test_every_number_of_the_chinese_sentence_is_in_the_english_one() -> None:
    db = sqlite3.connect(":memory:", isolation_level=None)
    for table, columns in {
        "editions": "id, form",
        "corrections": "id, edition_id, table_id, row_id, column_id, value, at",
        "cells": "edition_id, table_id, row_id, column_id, raw, value",
        "checks": "edition_id, code, key, status, lhs, rhs, cells",
        "findings": "id, edition_id, code, severity, message, message_en, cell, cells, implied_value, quote",
    }.items():
        db.execute(f"CREATE TABLE {table} ({columns})")
    db.execute("INSERT INTO findings VALUES (1, 1, 'T4-WIDTH', 'error', '表四应有 15 个数，这里印有 16 个', NULL, NULL,"
               " NULL, NULL, NULL)")  # fmt: skip
    create(db)
    fill(db)
    (message, told) = db.execute("SELECT message, message_en FROM findings").fetchone()
    assert set(NUMBER.findall(message)) <= set(NUMBER.findall(told))
