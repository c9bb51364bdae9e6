"""Words for codes: scopes, formats, statuses and findings, Chinese and English."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from harvester.definitions.gloss import cell_name
from harvester.definitions.vocabulary import vocabulary

Words = tuple[str, str]

SCOPES: Mapping[str, Words] = {
    "government_aggregate": ("政府汇总（含部门、乡镇街道）", "whole government, departments included"),
    "government_office": ("政府办公室（仅本机关）", "government office alone"),
    "department": ("政府部门", "department"),
    "town_or_street": ("乡镇、街道", "town or street office"),
    "functional_zone": ("功能区", "functional zone"),
    "public_institution": ("公共企事业单位", "public institution"),
}
SCOPE_PLURALS: Mapping[str, Words] = {
    "government_aggregate": ("政府汇总", "Governments (aggregate)"),
    "government_office": ("政府办公室", "Government offices"),
    "department": ("政府部门", "Departments"),
    "town_or_street": ("乡镇、街道", "Towns and street offices"),
    "functional_zone": ("功能区", "Functional zones"),
    "public_institution": ("公共企事业单位", "Public institutions"),
}
FORMATS: Mapping[str, str] = {
    "text": "TXT",
    "html": "HTML",
    "pdf": "PDF",
    "docx": "DOCX",
    "doc": "DOC",
    "xls": "XLS",
    "xlsx": "XLSX",
    "rtf": "RTF",
    "ofd": "OFD",
    "mht": "MHT",
    "image_scan": "SCAN",
}

BALANCE: Mapping[str, tuple[str, str, str]] = {
    "balanced": ("ok", "全部相符", "all hold"),
    "balanced_if_blank_is_zero": ("dim", "空格作零则相符", "hold if blank is zero"),
    "failed": ("bad", "有不符", "failures"),
    "incomplete": ("dim", "验算不全", "incomplete"),
    "none": ("dim", "无可验算", "nothing to check"),
}
"""Balance status of a report: class of its tag, Chinese, English."""

CHECK_STATUSES: Mapping[str, Words] = vocabulary()["checks.status"]
PORTAL_STATUSES: Mapping[str, Words] = vocabulary()["portals.status"]
EVENTS: Mapping[str, Words] = vocabulary()["events.kind"]
REASONS: Mapping[str, Words] = vocabulary()["documents.reason"]
"""Why a document is no report, or could not be read: the first word of its reason."""

LEVELS: Mapping[str, Words] = {
    "province": ("省级", "Provincial"),
    "city": ("市级", "City"),
    "county": ("县级", "County"),
    "town": ("乡镇、街道", "Town or street"),
}
"""Levels of bodies and reports, in the order in which pages offer them."""

ATTRIBUTIONS: Mapping[str, Words] = {
    "publisher": ("原件之误", "the document’s error"),
    "extraction": ("抄录存疑", "our reading is in doubt"),
    "unknown": ("尚不能断定", "undetermined"),
}

SEVERITIES: Mapping[str, Words] = {
    "error": ("不符", "failure"),
    "warning": ("存疑", "doubt"),
    "notice": ("提示", "notice"),
}

CODES: Mapping[str, Words] = vocabulary()["findings.code"]


def in_english(finding: Mapping[str, Any] | sqlite3.Row) -> str:
    """A finding as an English sentence; readings describe theirs in Chinese only, rules between reports in both.

    Its own English words, else what its code means, the cell, the value implied and the clause quoted.
    """
    has = set(finding.keys())
    own = finding["message_en"] if "message_en" in has else finding["en"] if finding["en"] != finding["zh"] else None
    if own:
        return str(own)
    sentence: str = CODES.get(finding["code"], (finding["code"], finding["code"]))[1]
    key = (finding["cell"] or "").split("/")
    if finding["quote"]:
        sentence += f": “{finding['quote']}”"
    elif len(key) == 3:
        sentence += f": {cell_name(*key)[1]}"
        if finding["implied_value"] is not None:
            sentence += f", implied {finding['implied_value']}"
    return sentence
