"""Words for codes: scopes, formats, statuses and findings, Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from harvester.vocabulary import vocabulary

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

REJECTED: Mapping[str, Words] = {
    "placeholder": ("空栏目，没有正文", "an empty page"),
    "shell": ("网页外壳，正文由脚本另取", "a shell whose text a script fetches"),
    "website_statement": ("政府网站工作年度报表", "a yearly statement about a website"),
    "half_year": ("半年或季度报告", "a report of half a year or a quarter"),
    "notice": ("通知或编报说明", "a notice about reporting"),
    "template": ("模板", "a template"),
    "blank_template": ("空白模板", "an empty form"),
    "explainer": ("解读", "an explanation of a report"),
    "party": ("党务公开", "a party document"),
    "rule_of_law": ("法治政府建设报告", "a report on the rule of law"),
    "work_report": ("政府工作报告", "a government work report"),
    "budget": ("预算、决算", "a budget or account"),
    "guide": ("公开指南、目录、制度", "a guide, catalogue or rule"),
    "audio": ("朗读页", "a page to listen to"),
    "error_page": ("错误页", "an error page"),
    "english": ("英文版", "a version in English"),
    "index": ("列表页", "a list"),
    "landing_page": ("只有附件链接的网页", "a page that only offers the file"),
    "enterprise": ("企业年报", "a company’s report"),
    "soft404": ("内容已不存在的提示页", "a page that says it is gone"),
    "challenge": ("访问验证页", "a verification page"),
}
"""Why a document is no report: the first word of its reason."""

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

CODES: Mapping[str, Words] = vocabulary()["findings.code"]
