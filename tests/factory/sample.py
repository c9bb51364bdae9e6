"""Makes the documents of the bundled sample portals: ``python -m tests.factory.sample``.

The five seed reports with their own words and quirks, and some fictional counties over several years, with the faults
that real reports have. What is served where stands in harvester/sample/manifest.toml, which is written here too.
Needs Debian's fonts-wqy-zenhei for PDFs with an embedded font.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from tests.factory import docx, html, pdf
from tests.factory.grids import Grid, Slot, disclosure, requests, review, split, stacked
from tests.factory.series import printed, series, tell
from tests.factory.story import Heading, Prose, Story
from tests.factory.truth import Printed, Truth

ROOT = Path(__file__).resolve().parent.parent.parent
TARGET = ROOT / "harvester" / "sample" / "documents"
SEEDS = ROOT / "tests" / "reports" / "seeds"
YEARS = range(2019, 2026)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a portal's list. `kind`: page, attachment, both, dead. `when`: always, first, second visit."""

    portal: str
    title: str
    date: str
    kind: str
    files: tuple[str, ...] = ()
    when: str = "always"
    replaces: str = ""


# The seeds


def seed_story(number: int) -> Story:
    """A seed report: its own words, its own cells, its own quirks."""
    text = next(SEEDS.glob(f"{number:03d}_*.txt")).read_text(encoding="utf-8")
    found = json.loads((SEEDS / f"seed-{number:03d}.truth.json").read_text(encoding="utf-8"))
    cells = {key: Printed("" if value is None else str(value), "", value) for key, value in found["cells"].items()}
    truth = Truth(found["agency"], found["year"], found["form"], cells, {})
    before, between, after = narrative_of(text)
    three = requests(truth)
    tables: list[list[Grid]] = [[stacked(disclosure(truth))], [three], [review(truth)]]
    if number == 1:
        four = tables[2][0]
        tables[2] = [Grid((*four.slots, Slot(3, 15, "0")), four.header)]
    if number == 3:
        tables[1] = split(three, three.height - 1)
    headings = [Heading(line) for line in between]
    return [*before, headings[0], *tables[0], headings[1], *tables[1], headings[2], *tables[2], *after]


def narrative_of(text: str) -> tuple[Story, list[str], Story]:
    """Paragraphs before table two, the three table headings as printed, paragraphs after table four."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("附件")]
    starts = [next(i for i, line in enumerate(lines) if line.startswith(f"{ordinal}、")) for ordinal in "二三四五"]
    opening = lines[: starts[0]]
    title_ends = next(i for i, line in enumerate(opening) if "报告" in line) + 1
    title = [Heading("".join(opening[:title_ends]))]
    before: Story = [*title, *(as_block(line) for line in opening[title_ends:])]
    after: Story = [as_block(line) for line in lines[starts[3] :] if not line.startswith(("PAGE", "[", "3"))]
    return before, [lines[start] for start in starts[:3]], after


def as_block(line: str) -> Heading | Prose:
    return (
        Heading(line)
        if line[:2] in ("一、", "二、", "三、", "四、", "五、", "六、") and len(line) < 40
        else Prose(line)
    )


# Writing it all down


class Writer:
    """Writes documents and remembers the lists of the portals."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        TARGET.mkdir(parents=True, exist_ok=True)

    def add(self, portal: str, story: Story, name: str, date: str, format: str, **more: str) -> None:
        files = tuple(self.write(story, name, one) for one in format.split("+"))
        kind = "both" if len(files) > 1 else "page" if files[0].endswith(".html") else "attachment"
        title = more.pop("title", "") or next(block.text for block in story if isinstance(block, Heading))
        self.items.append(Item(portal, "".join(title.split()), date, kind, files, **more))

    def write(self, story: Story, name: str, format: str) -> str:
        random = Random(name)
        if format == "word":
            content = html.fragment(story, random, "word").encode()
        elif format == "docx":
            content = docx.render(story, random, "word")
        elif format == "scan":
            content = scanned(pdf.render(story, random, "embedded"))
        else:
            content = pdf.render(story, random, "embedded")
        file = f"{name}.{ {'word': 'html', 'docx': 'docx', 'pdf': 'pdf', 'scan': 'pdf'}[format] }"
        (TARGET / file).write_bytes(content)
        return file


def scanned(document: bytes) -> bytes:
    """A PDF as a scanner makes it: pictures of pages, no text."""
    import pypdfium2

    pages = [page.render(scale=150 / 72, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(document)]
    buffer = io.BytesIO()
    pages[0].save(
        buffer, "PDF", resolution=150, save_all=True, append_images=pages[1:], creationDate=None, modDate=None
    )
    return buffer.getvalue()


def qingshi(writer: Writer) -> None:
    """A county with a long history on TRS: pages, PDFs, a scan, lookalikes, a mirror, dead links, one taken down."""
    county = series("青石县人民政府", YEARS, 60, "qingshi")
    for year, truth in county.items():
        title = f"青石县{year}年政府信息公开工作年度报告"
        told = truth
        if year == 2023:
            told = printed(truth, review_litigation__review__total="0")
        if year == 2025:
            told = printed(truth, requests__requests_carried_in__total="9")
        gone = {"when": "first"} if year == 2019 else {}
        date = f"{year + 1}-03-2{year % 8}"
        writer.add("qingshi", tell(told, head=title), f"qingshi-{year}", date, "word", **gone)
    finance = series("青石县财政局", YEARS, 14, "caizheng")
    for year, truth in finance.items():
        date = f"{year + 1}-02-09" if year == 2020 else f"{year + 1}-01-1{year % 9}"
        story = tell(
            truth, received=int(truth.values["requests/requests_received/total"]) + 3 if year == 2022 else None
        )
        writer.add("qingshi", story, f"qingshi-caizheng-{year}", date, "pdf")
    mirror = tell(finance[2022], received=int(finance[2022].values["requests/requests_received/total"]) + 3)
    writer.add("qingshi", mirror, "qingshi-caizheng-2022-mirror", "2023-02-01", "word")
    science = series("青石县科学技术局", range(2020, 2025), 6, "keji")
    for year in (2020, 2021, 2023, 2024):
        late = {"when": "first"} if year == 2024 else {}
        writer.add("qingshi", tell(science[year]), f"qingshi-keji-{year}", f"{year + 1}-01-20", "docx", **late)
    corrected = printed(science[2024], proactive_disclosure__licences__decisions="77")
    writer.add("qingshi", tell(corrected), "qingshi-keji-2024-b", "2025-01-20", "docx", when="second",
               replaces="qingshi-keji-2024.docx")  # fmt: skip
    town = series("青石县白云镇人民政府", range(2022, 2024), 3, "baiyun")
    writer.add("qingshi", tell(town[2022]), "qingshi-baiyun-2022", "2023-01-19", "scan")
    rules = printed(town[2023], proactive_disclosure__rules__in_force="6", proactive_disclosure__rules__issued="6")
    writer.add("qingshi", tell(rules), "qingshi-baiyun-2023", "2024-01-18", "word")
    writer.add("qingshi", seed_story(4), "seed-004", "2021-01-25", "word")
    for name, title, date in (
        ("website", "青石县人民政府2022年政府网站工作年度报表", "2023-01-30"),
        ("notice", "关于做好2022年政府信息公开工作年度报告编制公布工作的通知", "2022-12-28"),
        ("placeholder", "青石县民政局2024年政府信息公开工作年度报告", "2025-01-27"),
    ):
        (TARGET / f"qingshi-{name}.html").write_text(LOOKALIKES[name](), encoding="utf-8")
        writer.items.append(Item("qingshi", title, date, "page", (f"qingshi-{name}.html",)))
    writer.items.append(Item("qingshi", "青石县水务局2021年政府信息公开工作年度报告", "2022-01-21", "dead"))


def notice() -> str:
    """The yearly circular with an empty template: a lookalike, not a report of zeros."""
    empty = series("XX单位", range(2022, 2023), 0, "empty")[2022]
    blank = replace(empty, cells={key: replace(cell, text="") for key, cell in empty.cells.items()})
    title = "关于做好2022年政府信息公开工作年度报告编制公布工作的通知"
    text = (
        "各乡镇人民政府，县直各部门：请按照国办公开办函〔2021〕30号要求编制年度报告，于1月20日前报送。联系人：办公室。"
    )
    story: Story = [Heading(title), Prose(text), Prose("附件：年度报告格式"),
                    stacked(disclosure(blank)), requests(blank), review(blank)]  # fmt: skip
    return html.fragment(story, Random(1), "word")


LOOKALIKES = {
    "website": lambda: (
        "<p>政府网站工作年度报表（2022年度）</p><table border=1><tr><td>网站标识码</td><td>9901010001</td></tr>"
        "<tr><td>首页网址</td><td>模拟站点 SIMULATED</td></tr><tr><td>独立用户访问总量</td><td>120345</td></tr>"
        "<tr><td>信息发布总数</td><td>1864</td></tr></table>"
    ),
    "notice": notice,
    "placeholder": lambda: "<p>内容更新中，敬请期待。</p>",
}


def baihua(writer: Writer) -> None:
    """A county on Hanweb: pages with the same report attached, Word files, a page left empty; two seeds."""
    for year, truth in series("白桦县人民政府", range(2021, 2026), 45, "baihua").items():
        title = f"白桦县人民政府{year}年政府信息公开工作年度报告"
        writer.add("baihua", tell(truth, head=title), f"baihua-{year}", f"{year + 1}-03-1{year % 9}", "word+pdf")
    title = "白桦县人民政府2020年政府信息公开工作年度报告"
    writer.items.append(Item("baihua", title, "2021-03-15", "page", ("qingshi-placeholder.html",)))
    for year, truth in series("白桦县教育局", range(2021, 2026), 12, "jiaoyu").items():
        gone = {"when": "first"} if year == 2021 else {}
        writer.add("baihua", tell(truth), f"baihua-jiaoyu-{year}", f"{year + 1}-01-2{year % 9}", "docx", **gone)
    writer.add("baihua", seed_story(2), "seed-002", "2023-01-30", "word+docx")
    writer.add("baihua", seed_story(0), "seed-000", "2021-01-22", "docx")


def yunshan(writer: Writer) -> None:
    """A county on UCAP: PDFs, pages, a text file; two seeds; three reports that come late, one only now."""
    for year, truth in series("云杉县人民政府", range(2021, 2026), 50, "yunshan").items():
        title = f"云杉县人民政府{year}年政府信息公开工作年度报告"
        date = {2022: "2023-04-18", 2024: "2025-06-05"}.get(year, f"{year + 1}-03-2{year % 7}")
        writer.add("yunshan", tell(truth, head=title), f"yunshan-{year}", date, "pdf")
    for year, truth in series("云杉县公安局", range(2022, 2026), 20, "gongan").items():
        new = {"when": "second"} if year == 2025 else {}
        date = "2024-02-27" if year == 2023 else f"{year + 1}-01-1{year % 9}"
        writer.add("yunshan", tell(truth), f"yunshan-gongan-{year}", date, "word", **new)
    writer.add("yunshan", seed_story(3), "seed-003", "2021-01-14", "pdf")
    text = next(SEEDS.glob("001_*.txt"))
    (TARGET / "seed-001.txt").write_bytes(text.read_bytes())
    title = "济源示范区工业和科技创新委员会2020年政府信息公开工作年度报告"
    writer.items.append(Item("yunshan", title, "2021-01-28", "attachment", ("seed-001.txt",)))


def manifest(items: list[Item]) -> Iterator[str]:
    yield "# What the sample portals list, newest first. Written by `python -m tests.factory.sample`. Do not edit.\n"
    for item in sorted(items, key=lambda item: (item.portal, item.date, item.title), reverse=True):
        yield "\n[[item]]\n"
        for name in ("portal", "title", "date", "kind", "when", "replaces"):
            if getattr(item, name):
                yield f"{name} = {json.dumps(getattr(item, name), ensure_ascii=False)}\n"
        yield f"files = {json.dumps(list(item.files))}\n"


def main() -> None:
    writer = Writer()
    for county in (qingshi, baihua, yunshan):
        county(writer)
    (TARGET.parent / "manifest.toml").write_text("".join(manifest(writer.items)), encoding="utf-8")
    size = sum(file.stat().st_size for file in TARGET.iterdir())
    print(f"{len(writer.items)} items, {len(list(TARGET.iterdir()))} files, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
