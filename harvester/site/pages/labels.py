"""Words for codes: scopes, formats, statuses and findings, Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

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

CHECK_STATUSES: Mapping[str, Words] = {
    "pass": ("相符", "holds"),
    "fail": ("不符", "fails"),
    "pass_if_blank_is_zero": ("空格作零则相符", "holds if a blank is zero"),
    "incomplete": ("缺数，无法验算", "numbers missing, cannot be checked"),
    "not_applicable": ("不适用", "not applicable"),
}
"""Outcomes of an identity, as sentences say them."""

PORTAL_STATUSES: Mapping[str, Words] = {
    "active": ("可访问", "reachable"),
    "blocked": ("拒绝访问", "refuses us"),
    "moved": ("已迁址", "moved"),
    "dead": ("已关闭", "closed"),
    "unverified": ("尚未走访", "not visited yet"),
}

LEVELS: Mapping[str, Words] = {
    "province": ("省级", "Provincial"),
    "city": ("市级", "City"),
    "county": ("县级", "County"),
    "district": ("县级", "County"),
    "functional_zone": ("功能区", "Functional zone"),
}

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

CODES: Mapping[str, Words] = {
    "T3-FLOW": ("收支不平：新收加结转不等于办结加转出", "requests in do not equal requests out"),
    "T3-DISP": ("办理结果总计不等于各项之和", "total disposed is not the sum of outcomes"),
    "T3-APPL": ("总计不等于各类申请人之和", "total is not the sum over applicants"),
    "T3-NONNEG": ("出现负数", "a negative number"),
    "T3-INT": ("出现小数", "a fraction"),
    "T4-SUM": ("复议、诉讼总计不等于四种结果之和", "review or litigation total is not the sum of outcomes"),
    "T4-WIDTH": ("表四印出的数字个数不是十五", "table four does not print fifteen numbers"),
    "T2-STOCK": ("现行有效件数与上年、制发、废止不合", "documents in force do not follow from last year"),
    "T2-STOCK-MIN": ("现行有效件数少于本年净增", "documents in force below this year’s net issue"),
    "T2-RULES-AUTHORITY": ("无规章制定权的机关填报了规章", "rules reported by a body that cannot make rules"),
    "T2-UNIT": ("收费金额疑似把元填作万元", "fees probably typed in yuan, not 10,000 yuan"),
    "XY-CARRY": ("上年结转与上一年报告的结转下年不等", "carried in differs from last year’s carried out"),
    "XY-LIT": ("上年尚未审结的案件次年未见", "cases pending last year do not reappear"),
    "XY-JUMP": ("与上年相比数字骤变", "figure jumps from the year before"),
    "XY-CLONE": ("与上一年数字完全相同", "figures identical to the year before"),
    "XY-TEXTCLONE": ("正文与他年或他机关雷同", "narrative copied from another year or body"),
    "NARRATIVE-CONFLICT": ("正文所写与表内数字不一", "narrative and table disagree"),
    "GEN-MISMATCH": ("所用表式与报告年度不合", "form does not belong to the report year"),
    "ROW-UNCLAIMED": ("表内有表式以外的行", "a row the form does not have"),
    "ROW-MISSING": ("缺少表式规定的行", "a row of the form is missing"),
    "READINGS-DIFFER": ("两种读法结果不同", "two readings differ"),
}
