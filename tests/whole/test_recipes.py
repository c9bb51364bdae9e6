"""Each recipe of CONTRIBUTING.md, walked from the change to its effect in a copy of the packages."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.portals.simulator import serving
from tests.portals.ucap import StaticPortal
from tests.recipe_tree import Tree, copy_of_packages

SEED = next((ROOT / "tests" / "reports" / "seeds").glob("002_*.txt"))
"""A report on the form of 2021."""
PORTALS = "spiders/portals/shandong.toml"
FORM = "parsers/forms/gen2021.toml"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return copy_of_packages(tmp_path)


def rows(database: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


@pytest.mark.slow
def test_a_portal(tree: Tree) -> None:
    """One entry: it is listed, shown, and its lists are walked."""
    portal = StaticPortal()
    with serving(portal) as server:
        tree.append(PORTALS, "\n" + portal.registry(server, portal_id="new_county"))
        assert "new_county" in tree.run("portals", "list")
        assert json.loads(tree.run("portals", "show", "new_county"))["division"] == "990001"
        said = tree.run("portals", "check", "new_county")
    assert str(len(portal.reports)) in said


def test_a_slip_in_a_portal_is_one_clear_line(tree: Tree) -> None:
    entry = '[[portal]]\nid = "x"\nname = "甲县"\ndivision = "370829"\nlevel = "county"\nhosts = []\nfamily = "trs"\n'
    tree.append(PORTALS, "\n" + entry)
    assert "hosts" in tree.run("portals", "list", fails=True)


def test_a_platform_family(tree: Tree) -> None:
    """One module, its name, its signs: pages of that make are recognised and paged."""
    tree.write(
        "spiders/families/newcms.py",
        "from spiders.families.family import Family\nfrom spiders.pages.fetch import Fetch\n"
        "from spiders.pages.page import Page\n\n\nclass NewCms(Family):\n"
        '    name = "newcms"\n\n'
        "    def next_page(self, page: Page) -> Fetch | None:\n"
        "        number = page.fetch.number + 1\n"
        '        return Fetch(page.join(f"list-{number}.html") or "", number=number)\n',
    )
    tree.change("spiders/families/family.py", '"generic", "browser"),', '"generic", "browser", "newcms"),')
    signs = "_SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (\n"
    tree.change("spiders/families/fingerprint.py", signs, signs + '    ("newcms", (r"NEWCMS",)),\n')
    said = tree.script(
        "from spiders.families import fingerprint\n"
        "from spiders.families.family import family\n"
        "from spiders.pages.fetch import Fetch\n"
        "from spiders.pages.page import Page\n"
        "url = 'http://a.gov.cn/x/list-1.html'\n"
        "page = Page(Fetch(url), url, 200, 'text/html', b'<html>NEWCMS</html>')\n"
        "name = fingerprint.family(page.text, page.url)\n"
        "print(name, family(name).next_page(page).url)"
    )
    assert said.split() == ["newcms", "http://a.gov.cn/x/list-2.html"]


def test_a_file_format(tree: Tree, tmp_path: Path) -> None:
    """One module and one entry: a file of that kind is read."""
    tree.write("parsers/formats/boxed/__init__.py", '"""A new family of formats."""\n')
    tree.write(
        "parsers/formats/boxed/boxed.py",
        "from dataclasses import replace\n\n"
        "from parsers.content import Content\nfrom parsers.formats.text import text\n\n"
        'MEDIA_TYPE = "application/x-boxed"\n_MARK = b"BOXED1\\n"\n\n\n'
        "def recognise(data: bytes) -> str | None:\n    return MEDIA_TYPE if data.startswith(_MARK) else None\n\n\n"
        "def read(data: bytes) -> Content:\n"
        "    return replace(text.read(data.removeprefix(_MARK)), media_type=MEDIA_TYPE)\n",
    )
    tree.change("parsers/formats/__init__.py", "FORMATS = (\n", 'FORMATS = (\n    "boxed.boxed",\n')
    document = tmp_path / "a.boxed"
    document.write_bytes(b"BOXED1\n" + SEED.read_bytes())
    made = json.loads(tree.run("extract", str(document)))
    assert made["media_type"] == "application/x-boxed"
    assert made["report"]["form"] == "gen2021"


@pytest.mark.slow
def test_a_label_misspelt_by_agencies(tree: Tree, tmp_path: Path) -> None:
    """An alias in the form: the row is read; without it, it is a finding."""
    document = tmp_path / "a.txt"
    document.write_text(SEED.read_text(encoding="utf-8").replace("予以公开", "同意提供"), encoding="utf-8")
    before = json.loads(tree.run("extract", str(document)))["report"]
    assert {cell["state"] for cell in before["cells"] if cell["row"] == "granted"} == {"missing"}
    assert "ROW-MISSING" in {finding["code"] for finding in before["findings"]}
    row = '{ id = "granted", label = "（一）予以公开"'
    tree.change(FORM, row, row.replace("label =", 'aliases = ["（一）同意提供"], label ='))
    after = json.loads(tree.run("extract", str(document)))["report"]
    assert "missing" not in {cell["state"] for cell in after["cells"] if cell["row"] == "granted"}


@pytest.mark.slow
def test_a_golden(tree: Tree) -> None:
    """A document among the goldens: written once by the program, red until a person has signed it."""
    for folder in ("tests/parsers", "tests/reports/goldens", "tests/reports/seeds"):
        tree.file(folder).mkdir(parents=True)
    for name in ("__init__.py", "conftest.py", "cross_section.py", "parsers/__init__.py", "parsers/test_goldens.py"):
        tree.write(f"tests/{name}", (ROOT / "tests" / name).read_text(encoding="utf-8"))
    document = tree.file("tests/reports/goldens/new.txt")
    document.write_bytes(SEED.read_bytes())
    pytest_run = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/parsers/test_goldens.py", "-k", "new.txt")
    assert "read it, then fill read_by" in tree.python(*pytest_run, "--write-goldens", fails=True)
    golden = document.with_name("new.txt.golden.json")
    content = json.loads(golden.read_text(encoding="utf-8"))
    assert content["report"]["cells"]["requests/requests_received/natural_person"].startswith("number: ")
    golden.write_text(json.dumps(content | {"read_by": "a person"}, ensure_ascii=False), encoding="utf-8")
    tree.python(*pytest_run)


CHECK = """
[[checks]]
code = "T3-TEST"
table = "requests"
per = "column"
left = ["disposed_total"]
right = ["granted"]
rule = "总计等于予以公开（试验）"
"""
RULE = """INSERT INTO findings (report_id, edition_id, code, severity, attribution, message, message_en, across)
SELECT report_id, edition, 'XY-TRIAL', 'notice', 'unknown', '试验', 'a trial', 1 FROM pairs;
"""
INDICATOR = """
[indicators.partial_share]
zh = "部分公开占比"
en = "Share of partial grants"
theme = "outcomes"
numerator = ["partially_granted"]
denominator = ["granted", "partially_granted"]
definition_zh = "部分公开 ÷（予以公开＋部分公开）"
definition_en = "partially granted / granted at all"
caution_zh = "无"
caution_en = "None"
breaks = []
"""
VIEW = "CREATE VIEW busiest AS SELECT agency_name, max(year) AS year FROM reports GROUP BY agency_name;\n"
OPEN_STORE = "import sys, pathlib, archive.store as s; s.Store.open(pathlib.Path(sys.argv[1])).close()"


def add_form(tree: Tree) -> None:
    """A form of 2030: table three has one more row."""
    text = tree.file(FORM).read_text(encoding="utf-8")
    for old, new in (
        ('id = "gen2021"', 'id = "gen2030"'),
        ("years = [2021, 2099]", "years = [2030, 2099]"),
        ('signs = ["', 'signs = ["六补充公开", "'),
        (
            '  { id = "disposed_total"',
            '  { id = "granted_later", label = "（六）补充公开" },\n  { id = "disposed_total"',
        ),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    tree.write("parsers/forms/gen2030.toml", text)
    tree.change("parsers/forms/__init__.py", 'MODERN = ("gen2021"', 'MODERN = ("gen2030", "gen2021"')


def add_columns(tree: Tree) -> None:
    """One column more in every table of the database, and one in a file of the package."""
    lines = tree.file("archive/tables.toml").read_text(encoding="utf-8").split("\n")
    new = 'checked_by = ["TEXT", "核对人", "Who checked it"]'
    tree.write("archive/tables.toml", "\n".join(f"{one}\n{new}" if one.endswith(".columns]") else one for one in lines))
    toml = "harvester/export/datasets.toml"
    tree.change(toml, "r.scope AS report_scope, r.div", "r.scope AS report_scope, a.portal_id, r.div")
    field = '\nagency_type = "agencies.kind"\nreport_scope'
    tree.change(toml, field, '\nportal_id = "agencies.portal_id"' + field)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """A tree in which every recipe with an effect on what is published was followed; an old database; published."""
    tree = copy_of_packages(tmp_path_factory.mktemp("changed"))
    tree.script(OPEN_STORE, str(tree.data))
    tree.append(FORM, CHECK)
    for heading in ("checks.code", "findings.code"):
        words = "harvester/definitions/vocabulary.toml"
        tree.change(words, f'["{heading}"]\n', f'["{heading}"]\nT3-TEST = ["试验", "a trial"]\n')
    tree.write("harvester/relate/rules/trial.sql", RULE)
    tree.change("harvester/relate/across.py", '"foreign")', '"foreign", "trial")')
    tree.append("harvester/definitions/indicators.toml", INDICATOR)
    tree.write("harvester/site/views/busiest.sql", "-- 最近一年 · The latest year\n" + VIEW)
    add_form(tree)
    add_columns(tree)
    tree.publish()
    tree.run("export", str(tree.data / "package"))
    return tree


def published(tree: Tree, sql: str) -> list[tuple[object, ...]]:
    return rows(tree.data / "site" / "archive.db", sql)


def exported(tree: Tree, name: str) -> list[dict[str, str]]:
    with (tree.data / "package" / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.slow
def test_a_form_generation(changed: Tree, tmp_path: Path) -> None:
    """One file and its name: told by its labels, its new row read, published, exported and explained."""
    document = tmp_path / "new.html"
    numbers = "".join(f"<td>{number}</td>" for number in [1, 0, 0, 0, 0, 0, 1])
    labels = ("一、本年新收政府信息公开申请数量", "（六）补充公开", "（七）总计", "四、结转下年度继续办理")
    table = "".join(f"<tr><td>{label}</td>{numbers}</tr>" for label in labels)
    names = ("", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    document.write_text(
        "<meta charset=utf-8><h1>青石县财政局2030年政府信息公开工作年度报告</h1><p>一、总体情况</p>"
        "<p>三、收到和处理政府信息公开申请情况</p>"
        f"<table><tr>{''.join(f'<td>{name}</td>' for name in names)}</tr>{table}</table>"
        "<p>五、存在的主要问题及改进情况</p>",
        encoding="utf-8",
    )
    report = json.loads(changed.run("extract", str(document)))["report"]
    assert report["form"] == "gen2030"
    values = {(cell["row"], cell["column"]): cell["value"] for cell in report["cells"]}
    assert values["granted_later", "total"] == 1
    assert published(changed, "SELECT count(granted_later__total), count(granted__total) FROM requests_wide") == [
        (0, 3)
    ]
    book = {(row["where"], row["id"]): row for row in exported(changed, "codebook.csv")}
    assert book["requests", "granted_later__total"]["zh"] == "（六）补充公开 · 总计"
    assert book["requests", "granted_later__total"]["forms"] == "gen2030"


@pytest.mark.slow
def test_a_check(changed: Tree) -> None:
    """One [[checks]] entry and its words: it is evaluated, stored and published."""
    checks = json.loads(changed.run("extract", str(SEED)))["report"]["checks"]
    assert {check["key"] for check in checks if check["code"] == "T3-TEST"} >= {"natural_person", "total"}
    assert published(changed, "SELECT count(*) FROM checks WHERE code = 'T3-TEST'") == [(21,)]


@pytest.mark.slow
def test_a_rule_between_reports(changed: Tree) -> None:
    assert published(changed, "SELECT count(*) FROM findings WHERE code = 'XY-TRIAL'") == [(2,)]


@pytest.mark.slow
def test_an_indicator(changed: Tree) -> None:
    """One entry: values, the codebook, the page of the docs."""
    count = "SELECT count(*), count(rate) FROM indicators WHERE indicator = 'partial_share'"
    assert published(changed, count) == [(3, 3)]
    book = {row["id"]: row for row in exported(changed, "codebook.csv") if row["kind"] == "indicator"}
    assert book["partial_share"]["zh"] == "部分公开占比：部分公开 ÷（予以公开＋部分公开）"
    page = changed.script("from harvester.reference import pages; print(pages()['indicators.md']())")
    assert "partial_share" in page


@pytest.mark.slow
def test_a_published_view(changed: Tree, tree: Tree) -> None:
    """One file: readers can ask it; without a description nothing is published."""
    assert published(changed, "SELECT year FROM busiest") == [(2023,)]
    tree.write("harvester/site/views/busiest.sql", VIEW)
    said = tree.script("from harvester.site.build.views import views; views()", fails=True)
    assert "views/busiest.sql: the first line must be" in said


@pytest.mark.slow
def test_a_column_of_the_export(changed: Tree) -> None:
    """Column and field, in whatever order: the values stand under their own names."""
    reports = exported(changed, "reports.csv")
    assert {(row["portal_id"], row["report_scope"]) for row in reports} == {("sim", "department")}


@pytest.mark.slow
def test_a_column_of_the_database(changed: Tree) -> None:
    """tables.toml alone, in every table: old and new databases have it, and every stage still works."""
    assert published(changed, "SELECT count(checked_by), count(*) FROM reports") == [(0, 3)]
    assert "checked_by" in changed.script("from archive.schema import markdown; print(markdown())")
    fresh = changed.data.with_name("fresh")
    changed.script(OPEN_STORE, str(fresh))
    assert rows(fresh / "archive.db", "SELECT count(checked_by) FROM divisions") == [(0,)]
    changed.run("rebuild")
    assert rows(changed.data / "archive.db", "SELECT count(*) FROM captures") == [(4,)]
