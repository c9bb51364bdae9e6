"""Short names of bureaus: 科技局 and 科学技术局 are one agency, 发改局 and 发改委 are not (one follows the other).

Only whole names that stand directly behind a place are spelled out, and only where no place has both.
"""

from __future__ import annotations

import re

FULL = {
    "科技": "科学技术",
    "教体 教育体育": "教育和体育",
    "教科 教育科技 教育和科技": "教育和科学技术",
    "发改 发展改革 发展与改革": "发展和改革",
    "经信 经济信息化 经济与信息化": "经济和信息化",
    "工信 工业信息化 工业与信息化": "工业和信息化",
    "人社 人力资源社会保障 人力资源与社会保障": "人力资源和社会保障",
    "住建 住房城乡建设 住房与城乡建设": "住房和城乡建设",
    "资规 自规 自然资源规划 自然资源与规划": "自然资源和规划",
    "规资 规自 规划自然资源 规划与自然资源": "规划和自然资源",
    "卫健": "卫生健康",
    "卫计 卫生计生 卫生计划生育": "卫生和计划生育",
    "医保": "医疗保障",
    "市监 市场监管": "市场监督管理",
    "城管": "城市管理",
    "综合执法": "综合行政执法",
    "文旅 文化旅游 文化与旅游": "文化和旅游",
    "退役军人": "退役军人事务",
    "应急": "应急管理",
    "交通": "交通运输",
    "环保": "环境保护",
    "国资": "国有资产监督管理",
    "民宗 民族和宗教事务": "民族宗教事务",
}
_FULL = {short: full for shorts, full in FULL.items() for short in shorts.split()}
_STEMS = "|".join(sorted({*_FULL, *_FULL.values()}, key=len, reverse=True))
_SHORT = re.compile(rf"(?:^|(?<=[省市县区旗州盟]))({_STEMS})(局|委(?:员会)?|厅)$")


def spelled_out(name: str) -> str:
    """嘉祥县科技局 -> 嘉祥县科学技术局, 市卫健委 -> 市卫生健康委员会; any other name as it is."""
    found = _SHORT.search(name)
    if found is None:
        return name
    ending = "委员会" if found[2] == "委" else found[2]
    return name[: found.start()] + _FULL.get(found[1], found[1]) + ending


_LOOSE = re.compile(rf"({_STEMS})(局|委(?:员会)?|厅)$")


def spelled_loosely(name: str) -> str:
    """As `spelled_out`, whatever stands before it: what somebody searches for need not name the kind of place."""
    found = _LOOSE.search(name)
    return name if found is None else name[: found.start()] + spelled_out(found[0])


def short_names(name: str) -> list[str]:
    """How people shorten a name in full: 嘉祥县科学技术局 -> 嘉祥县科技局; empty where nothing is known."""
    found = [
        name.replace(full, short) for short, full in _FULL.items() if f"{full}局" in name or f"{full}委员会" in name
    ]
    shorter = [one.replace("委员会", "委") for one in [*found, name] if one.endswith("委员会")]
    government = [name.replace("人民政府", "政府", 1)] if "人民政府" in name else []
    return list(dict.fromkeys([*found, *shorter, *government]))
