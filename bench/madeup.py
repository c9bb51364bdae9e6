"""Made-up reports whose arithmetic holds, for the synthetic archive and the site's tests. Nothing is real."""

from __future__ import annotations

from random import Random

from harvester.definitions import gloss

Numbers = dict[tuple[str, str, str], int]
"""(table, row, column) → value."""

WEIGHTS = {
    "granted": 34, "partially_granted": 13, "not_provided_not_held": 24, "refused_third_party_rights": 3,
    "refused_deliberative_process": 3, "refused_administrative_inquiry": 4, "refused_internal_affairs": 2,
    "not_processed_petition_or_complaint": 6, "not_processed_duplicate": 3, "other_disposition": 3, "other_other": 2,
}  # fmt: skip
APPLICANTS = {"natural_person": 82, "enterprise": 11, "legal_services_org": 4, "other_org": 3}


def numbers(rng: Random, form: str, requests: int, carried_in: int = 0) -> Numbers:
    """All cells of one report of `form` with `requests` new requests."""
    return table_three(rng, form, requests, carried_in) | table_two(rng, form) | table_four(rng, requests)


def table_three(rng: Random, form: str, requests: int, carried_in: int) -> Numbers:
    rows = [row.id for row in gloss.request_rows(form)]
    outcomes = [row for row in rows if not row.startswith("requests_") and row != "disposed_total"]
    columns = [column for column in gloss.request_columns() if column != "total"]
    found: Numbers = {("requests", row, column): 0 for row in rows for column in columns}
    for row, count in (("requests_received", requests), ("requests_carried_in", carried_in)):
        for column in rng.choices(list(APPLICANTS), list(APPLICANTS.values()), k=count):
            found["requests", row, column] += 1
    for column in columns:
        due = found["requests", "requests_received", column] + found["requests", "requests_carried_in", column]
        left = min(due, rng.randint(0, max(1, due // 20)))
        found["requests", "requests_carried_out", column] = left
        found["requests", "disposed_total", column] = due - left
        for row in rng.choices(outcomes, [WEIGHTS.get(row, 1) for row in outcomes], k=due - left):
            found["requests", row, column] += 1
    for row in rows:
        found["requests", row, "total"] = sum(found["requests", row, column] for column in columns)
    return found


def table_two(rng: Random, form: str) -> Numbers:
    return {
        ("proactive_disclosure", block.id, column.id): 0 if block.id == "rules" else rng.randint(0, 900)
        for block in gloss.proactive_blocks(form)
        for column in block.columns
    }


def table_four(rng: Random, requests: int) -> Numbers:
    found: Numbers = {}
    for row in gloss.review_rows():
        outcomes = [rng.randint(0, 1 + requests // 40) for _ in range(4)]
        for column, value in zip(gloss.review_columns(), [*outcomes, sum(outcomes)], strict=True):
            found["review_litigation", row, column] = value
    return found


SENTENCES = (
    "本机关高度重视政府信息公开工作，坚持以公开为常态、不公开为例外。",
    "全年通过政府网站主动公开政府信息，内容涵盖财政预算、行政许可和公共服务。",
    "进一步规范依申请公开办理流程，畅通受理渠道，均在法定期限内答复。",
    "组织开展政务公开业务培训，提高工作人员的业务水平。",
    "未发生因政府信息公开引起的行政复议、行政诉讼案件。",
    "按照国务院办公厅关于政府信息公开信息处理费管理办法，本年度未收取信息处理费。",
    "存在的主要问题是公开内容不够全面，政策解读形式比较单一。",
    "下一步将加强业务学习，及时更新公开内容，主动接受社会监督。",
    "利用政务微信公众号发布便民信息，扩大公开的覆盖面。",
    "对照政务公开要点逐项落实责任，定期检查栏目更新情况。",
)


def narrative(rng: Random, agency: str, year: int, received: int, *, sentences: int = 12) -> list[tuple[int, str, str]]:
    """(number, heading, text) of the sections in prose."""
    opening = f"{agency}{year}年度共收到政府信息公开申请{received}件。"
    body = [rng.choice(SENTENCES) for _ in range(sentences)]
    third = max(1, sentences // 3)
    return [
        (1, "一、总体情况", opening + "\n" + "".join(body[:third])),
        (5, "五、存在的主要问题及改进情况", "".join(body[third : 2 * third])),
        (6, "六、其他需要报告的事项", "".join(body[2 * third :])),
    ]
