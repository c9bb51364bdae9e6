"""A whole report: title, narrative in six sections, and the tables in their places."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.factory.grids import (
    Grid,
    disclosure,
    header_unmerged,
    relabelled,
    requests,
    review,
    split,
    stacked,
    unmerged,
    with_gap,
    with_subtotals,
)
from tests.factory.truth import Truth


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    text: str


Story = list[Heading | Prose | Grid]

SHAPES = (
    "plain",
    "blocks",
    "split",
    "split_header",
    "split_repeat",
    "last_row",
    "unmerged",
    "repeated",
    "relabelled",
    "header_unmerged",
    "header_cut",
    "subtotals",
    "gap",
)
"""What may have happened to the tables; the names are those of the functions in tests.factory.grids."""


def story(truth: Truth, random: Random, shape: str = "plain") -> Story:
    """The blocks of a report in order."""
    return [
        *_opening(truth),
        Heading("二、主动公开政府信息情况"),
        *_disclosure(truth, random, shape),
        Heading("三、收到和处理政府信息公开申请情况"),
        *_requests(truth, random, shape),
        Heading("四、政府信息公开行政复议、行政诉讼情况"),
        *_review(truth, random, shape),
        Heading("五、存在的主要问题及改进情况"),
        Prose("一是公开的主动性有待增强。二是业务培训还不够，全年只举办培训3次。下一步将补齐短板。"),
        Heading("六、其他需要报告的事项"),
        Prose("按照《政府信息公开信息处理费管理办法》，本年度未发出收费通知，未收取信息处理费。"),
    ]


def _opening(truth: Truth) -> Story:
    year = truth.year
    received = truth.values["requests/requests_received/total"]
    return [
        Heading(truth.title),
        Prose(
            f"本报告由{truth.agency}按照《中华人民共和国政府信息公开条例》要求编制。"
            f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
        ),
        Heading("一、总体情况"),
        Prose(f"{year}年，我单位通过政府网站公开信息{120 + year % 7}条，其中工作动态86条，政策文件21件。"),
        Prose(f"（二）依申请公开。{year}年新收政府信息公开申请{received}件。"),
    ]


def _relabel(grid: Grid, random: Random, shape: str) -> Grid:
    return relabelled(grid, random) if shape == "relabelled" else grid


def _review(truth: Truth, random: Random, shape: str) -> list[Grid]:
    grid = _relabel(review(truth), random, shape)
    if shape == "header_unmerged":
        return [header_unmerged(grid)]
    if shape == "gap":
        return [with_gap(grid, grid.header)]
    return split(grid, grid.header) if shape == "header_cut" else [grid]


def _disclosure(truth: Truth, random: Random, shape: str) -> list[Grid]:
    grids = [_relabel(grid, random, shape) for grid in disclosure(truth)]
    if shape == "blocks":
        return grids
    if shape.startswith("split"):
        at = random.randint(1, len(grids) - 1)
        return [stacked(grids[:at]), stacked(grids[at:])]
    return [stacked(grids)]


def _requests(truth: Truth, random: Random, shape: str) -> list[Grid]:
    grid = _relabel(requests(truth), random, shape)
    if shape == "last_row":
        return split(grid, grid.height - 1)
    if shape in {"split", "split_header", "split_repeat"}:
        at = random.randint(6, grid.height - 1)
        return split(grid, at, header=shape == "split_header", repeat=shape == "split_repeat")
    if shape in {"unmerged", "repeated"}:
        return [unmerged(grid, repeat=shape == "repeated", below_row=3)]
    if shape == "header_unmerged":
        return [header_unmerged(grid)]
    return [with_subtotals(grid) if shape == "subtotals" else grid]
