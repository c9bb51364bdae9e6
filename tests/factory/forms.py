"""The official forms, written down here once more so that tests do not take them from the code under test."""

from __future__ import annotations

COLUMNS = {
    "natural_person": "自然人",
    "enterprise": "商业企业",
    "research_institution": "科研机构",
    "public_interest_org": "社会公益组织",
    "legal_services_org": "法律服务机构",
    "other_org": "其他",
    "total": "总计",
}
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

REFUSED = {
    "refused_state_secret": "1.属于国家秘密",
    "refused_prohibited_by_law": "2.其他法律行政法规禁止公开",
    "refused_security_and_stability": "3.危及“三安全一稳定”",
    "refused_third_party_rights": "4.保护第三方合法权益",
    "refused_internal_affairs": "5.属于三类内部事务信息",
    "refused_deliberative_process": "6.属于四类过程性信息",
    "refused_enforcement_file": "7.属于行政执法案卷",
    "refused_administrative_inquiry": "8.属于行政查询事项",
}
NOT_PROVIDED = {
    "not_provided_not_held": "1.本机关不掌握相关政府信息",
    "not_provided_needs_creation": "2.没有现成信息需要另行制作",
    "not_provided_unclear": "3.补正后申请内容仍不明确",
}
NOT_PROCESSED = {
    "not_processed_petition_or_complaint": "1.信访举报投诉类申请",
    "not_processed_duplicate": "2.重复申请",
    "not_processed_public_publication": "3.要求提供公开出版物",
    "not_processed_excessive": "4.无正当理由大量反复申请",
    "not_processed_confirm_or_reissue": "5.要求行政机关确认或重新出具已获取信息",
}
OTHER_2021 = {
    "other_not_corrected_in_time": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "other_fee_not_paid": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "other_other": "3.其他",
}
OTHER_2019 = {"other_disposition": "（六）其他处理"}

GROUPS_2019: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "",
        {"granted": "（一）予以公开", "partially_granted": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"},
    ),
    ("（三）不予公开", REFUSED),
    ("（四）无法提供", NOT_PROVIDED),
    ("（五）不予处理", NOT_PROCESSED),
)
GROUPS: dict[str, tuple[tuple[str, dict[str, str]], ...]] = {
    "gen2019": (*GROUPS_2019, ("", OTHER_2019), ("", {"disposed_total": "（七）总计"})),
    "gen2021": (*GROUPS_2019, ("（六）其他处理", OTHER_2021), ("", {"disposed_total": "（七）总计"})),
}
"""Rows under 三、本年度办理结果: (group label, rows). Without a group label the rows stand for themselves."""

RECEIVED = {
    "requests_received": "一、本年新收政府信息公开申请数量",
    "requests_carried_in": "二、上年结转政府信息公开申请数量",
}
CARRIED_OUT = {"requests_carried_out": "四、结转下年度继续办理"}
RESULT = "三、本年度办理结果"

OUTCOMES = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other_outcome": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}
PATHS = {"review": "行政复议", "litigation_direct": "未经复议直接起诉", "litigation_after_review": "复议后起诉"}

_DOCUMENTS_2021 = {"issued": "本年制发件数", "repealed": "本年废止件数", "in_force": "现行有效件数"}
_DECISIONS_2021 = {"decisions": "本年处理决定数量"}
_DOCUMENTS_2019 = {
    "newly_made": "本年新制作数量",
    "newly_published": "本年新公开数量",
    "published_total": "对外公开总数量",
}
_ITEMS_2019 = {"items_last_year": "上一年项目数量", "items_change": "本年增/减", "decisions": "处理决定数量"}

_FEES_2021 = {"amount_collected": "本年收费金额（单位：万元）"}

Block = tuple[str, dict[str, str], dict[str, str]]
BLOCKS: dict[str, tuple[Block, ...]] = {
    "gen2021": (
        ("第二十条第（一）项", _DOCUMENTS_2021, {"rules": "规章", "normative_documents": "行政规范性文件"}),
        ("第二十条第（五）项", _DECISIONS_2021, {"licences": "行政许可"}),
        ("第二十条第（六）项", _DECISIONS_2021, {"penalties": "行政处罚", "coercive_measures": "行政强制"}),
        (
            "第二十条第（八）项",
            _FEES_2021,
            {"administrative_fees": "行政事业性收费"},
        ),
    ),
    "gen2019": (
        ("第二十条第（一）项", _DOCUMENTS_2019, {"rules": "规章", "normative_documents": "规范性文件"}),
        (
            "第二十条第（五）项",
            _ITEMS_2019,
            {"licences": "行政许可", "other_external_services": "其他对外管理服务事项"},
        ),
        ("第二十条第（六）项", _ITEMS_2019, {"penalties": "行政处罚", "coercive_measures": "行政强制"}),
        (
            "第二十条第（八）项",
            {"items_last_year": "上一年项目数量", "items_change": "本年增/减"},
            {"administrative_fees": "行政事业性收费"},
        ),
        (
            "第二十条第（九）项",
            {"procurement_projects": "采购项目数量", "procurement_amount": "采购总金额"},
            {"central_procurement": "政府集中采购"},
        ),
    ),
}
"""Blocks of table two: (heading, columns, rows)."""

MONEY = {"amount_collected", "procurement_amount"}


def groups(form: str, *, sub_rows: bool = True) -> tuple[tuple[str, dict[str, str]], ...]:
    """Result rows of a form; some reports on the form of 2021 leave the three rows of （六） out."""
    if form == "gen2021" and not sub_rows:
        return GROUPS["gen2019"]
    return GROUPS[form]
