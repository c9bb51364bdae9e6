"""Fictional agencies over several years: reports that follow from one another, and their narrative."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from tests.factory.forms import BLOCKS, COLUMNS, MONEY, OUTCOMES, PATHS, groups
from tests.factory.grids import disclosure, requests, review, stacked
from tests.factory.story import Heading, Prose, Story
from tests.factory.truth import Printed, Truth, Value


def series(agency: str, years: range, size: int, seed: str) -> dict[int, Truth]:
    """Reports of one agency that follow from one another: what is carried out of a year is carried into the next."""
    random = Random(seed)
    carried = {column: random.randint(0, 3) if column == "natural_person" else 0 for column in COLUMNS}
    in_force = {"rules": 0, "normative_documents": random.randint(5, 60)}
    made: dict[int, Truth] = {}
    for year in years:
        form = "gen2019" if year < 2021 else "gen2021"
        values = {**requests_of(random, form, size, carried), **disclosure_of(random, form, size, in_force)}
        values |= reviews_of(random, size)
        carried = {column: int(values[f"requests/requests_carried_out/{column}"]) for column in COLUMNS}
        cells = {key: Printed(f"{value:f}" if not isinstance(value, int) else str(value), "number", value)
                 for key, value in values.items()}  # fmt: skip
        made[year] = Truth(agency, year, form, cells, values)
    return made


def requests_of(random: Random, form: str, size: int, carried: dict[str, int]) -> dict[str, Value]:
    results = [row for _, rows in groups(form) for row in rows if row != "disposed_total"]
    weights = [12, 4] + [1] * 8 + [9, 2, 2] + [2] * 5 + [1] * (len(results) - 18)
    people = {"natural_person": 1.0, "enterprise": 0.12, "legal_services_org": 0.04}
    values: dict[str, Value] = {}
    for column in [name for name in COLUMNS if name != "total"]:
        received = round(size * people.get(column, 0) * random.uniform(0.7, 1.3))
        handled = received + carried[column]
        out = min(handled, random.randint(0, max(1, handled // 12))) if handled else 0
        chosen = random.choices(results, weights[: len(results)], k=handled - out)
        values |= {f"requests/{row}/{column}": chosen.count(row) for row in results}
        values[f"requests/requests_received/{column}"] = received
        values[f"requests/requests_carried_in/{column}"] = carried[column]
        values[f"requests/disposed_total/{column}"] = handled - out
        values[f"requests/requests_carried_out/{column}"] = out
    rows = {key.split("/")[1] for key in values}
    for row in rows:
        values[f"requests/{row}/total"] = sum(int(values[f"requests/{row}/{c}"]) for c in COLUMNS if c != "total")
    return values


def disclosure_of(random: Random, form: str, size: int, in_force: dict[str, int]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for _, columns, rows in BLOCKS[form]:
        for row in rows:
            for column in columns:
                number: Value = random.randint(0, size * 20)
                if column in MONEY:
                    number = Decimal(random.randint(0, size * 10_000)).scaleb(-2)
                values[f"proactive_disclosure/{row}/{column}"] = 0 if row == "rules" else number
    if form == "gen2019":
        made = random.randint(1, 6)
        in_force["normative_documents"] += made
        counts = {"newly_made": made, "newly_published": made, "published_total": in_force["normative_documents"]}
        values |= {f"proactive_disclosure/normative_documents/{name}": value for name, value in counts.items()}
    if form == "gen2021":
        issued, repealed = random.randint(0, 6), random.randint(0, 3)
        in_force["normative_documents"] += issued - repealed
        stock = {"issued": issued, "repealed": repealed, "in_force": in_force["normative_documents"]}
        values |= {f"proactive_disclosure/normative_documents/{name}": value for name, value in stock.items()}
    return values


def reviews_of(random: Random, size: int) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for path in PATHS:
        share = {"review": 0.25, "litigation_direct": 0.08, "litigation_after_review": 0.06}[path]
        outcomes = {outcome: random.randint(0, max(0, round(size * share / 2))) for outcome in OUTCOMES}
        outcomes["total"] = sum(number for outcome, number in outcomes.items() if outcome != "total")
        values |= {f"review_litigation/{path}/{outcome}": number for outcome, number in outcomes.items()}
    return values


def narrative(truth: Truth, received: int | None = None) -> tuple[list[Prose], list[Prose]]:
    """Sections one and five, with this report's own numbers. `received` overrides what the text claims."""
    random = Random(f"{truth.agency}{truth.year}")
    new = int(truth.values["requests/requests_received/total"]) if received is None else received
    granted = truth.values["requests/granted/total"]
    reviews = truth.values["review_litigation/review/total"]
    work = random.sample(
        ["修订政府信息公开指南", "梳理规范性文件清单", "开展业务培训两次", "更新办事指南", "完善依申请公开台账",
         "办好政务新媒体", "公开重大决策预公开事项", "组织政府开放日活动", "规范信息发布审核"], 4)  # fmt: skip
    first = [
        Prose(f"（一）主动公开。{truth.year}年，本机关公开信息{random.randint(80, 900)}条，{work[0]}，{work[1]}。"),
        Prose(f"（二）依申请公开。全年收到政府信息公开申请{new}件，予以公开{granted}件，均在法定期限内答复。"),
        Prose(f"（三）监督保障。{work[2]}，{work[3]}。全年发生政府信息公开行政复议{reviews}件。"),
    ]
    fifth = [Prose(f"公开内容的及时性还需提高。{truth.year + 1}年将{random.choice(work)}，{random.choice(work)}。")]
    return first, fifth


def tell(truth: Truth, *, received: int | None = None, head: str | None = None) -> Story:
    first, fifth = narrative(truth, received)
    period = f"本报告所列数据的统计期限自{truth.year}年1月1日起至{truth.year}年12月31日止。"
    return [
        Heading(head or truth.title),
        Prose(f"本报告由{truth.agency}按照《中华人民共和国政府信息公开条例》编制。{period}（模拟站点 SIMULATED）"),
        Heading("一、总体情况"), *first,
        Heading("二、主动公开政府信息情况"), stacked(disclosure(truth)),
        Heading("三、收到和处理政府信息公开申请情况"), requests(truth),
        Heading("四、政府信息公开行政复议、行政诉讼情况"), review(truth),
        Heading("五、存在的主要问题及改进情况"), *fifth,
        Heading("六、其他需要报告的事项"), Prose("本年度未收取信息处理费。"),
    ]  # fmt: skip


def printed(truth: Truth, **texts: str) -> Truth:
    """The same report with some cells printed otherwise: keys with __ for /."""
    changed = {key.replace("__", "/"): text for key, text in texts.items()}
    cells = {key: replace(cell, text=changed.get(key, cell.text)) for key, cell in truth.cells.items()}
    return replace(truth, cells=cells)
