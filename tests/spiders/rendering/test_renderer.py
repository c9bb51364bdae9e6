"""What a rendering shows: the pages of a list by any "next", frames and shadow roots, and where items lead."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import unquote

import pytest

from spiders.pages.fetch import Fetch
from spiders.rendering.answers import Answers
from spiders.rendering.chromium import Browsers, missing
from spiders.rendering.renderer import Renderer
from spiders.rendering.sights import Rendering
from tests.portals.pagers import HOST, PAGERS, TITLES, Memory, scripted
from tests.portals.simulator import html

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(missing() is not None, reason="needs Playwright and a Chromium (apt install chromium)"),
]


@pytest.fixture
async def browsers() -> AsyncIterator[Browsers]:
    running = Browsers()
    yield running
    await running.close()


async def shown(browsers: Browsers, memory: Memory, pages: int = 9) -> Rendering:
    """What the browser shows of the page at ``/``."""
    page = await memory.ask(Fetch(f"{HOST}/"))
    assert page is not None
    eyes = Renderer(browsers, "test", memory.ask, lambda url: url.startswith(HOST), lambda at, url: None, Answers())
    return await eyes.show(page, pages)


def titles(rendering: Rendering) -> list[list[str]]:
    return [[link.title for link in page.links if "年度报告" in link.title] for page in rendering.pages]


@pytest.mark.slow
async def test_every_kind_of_next(browsers: Browsers) -> None:
    wrong = {}
    for name in PAGERS:
        got = await shown(browsers, scripted(name))
        found = titles(got)
        all_found = list(dict.fromkeys(title for page in found for title in page))
        if all_found != TITLES or not got.ended:
            wrong[name] = (got.end, got.how, [len(page) for page in found], got.trouble)
    assert wrong == {}


DRAWN = {
    "li onclick": "<li onclick='go({n})'>{title}<span>2023-01-20</span></li>",
    "a javascript": "<li><a href='javascript:go({n})'>{title}</a><span>2023-01-20</span></li>",
    "a bound": "<li data-id={n}><b>{title}</b> <span>2023-01-20</span></li>",
    "window": "<li onclick='opens({n})'>{title}<span>2023-01-20</span></li>",
    "later": "<li onclick='setTimeout(() => go({n}), 10)'>{title}<span>2023-01-20</span></li>",
}
GO = """<script>
const secret = n => '/detail?' + new URLSearchParams({id: 900 + n});
function go(n) { location.href = secret(n) }
function opens(n) { const w = window.open(''); w.location.href = secret(n) }
const bound = e => { const li = e.target.closest('[data-id]'); if (li) go(+li.dataset.id) };
document.querySelector('.bound').addEventListener('click', bound);
</script>"""


@pytest.mark.slow
async def test_items_without_an_address(browsers: Browsers) -> None:
    for name, row in DRAWN.items():
        rows = "".join(row.format(n=n, title=title) for n, title in enumerate(TITLES[:4]))
        memory = Memory({"/": html(f"<ul class=bound>{rows}</ul>{GO}")})
        got = await shown(browsers, memory, 1)
        links = {link.url: (link.title, link.url, link.date) for link in got.pages[0].links if "detail" in link.url}
        assert list(links.values()) == [(TITLES[n], f"{HOST}/detail?id={900 + n}", "2023-01-20") for n in range(4)], (
            name
        )
        assert len(memory.asked) == 1, name


async def test_frames_and_shadow_roots_are_part_of_the_page(browsers: Browsers) -> None:
    frame = html("<ul><li><a href='a.html'>青山县2021年年报</a></li></ul>")
    shadow = (
        "document.getElementById('s').attachShadow({mode: 'closed'}).innerHTML = '<a href=b.html>青山县2022年年报</a>'"
    )
    memory = Memory(
        {
            "/": html(f"<iframe src='/deep/frame.html'></iframe><div id=s></div><script>{shadow}</script>"),
            "/deep/frame.html": frame,
        }
    )
    got = await shown(browsers, memory, 1)
    assert {link.url for link in got.pages[0].links} == {f"{HOST}/deep/a.html", f"{HOST}/b.html"}


async def test_a_list_that_comes_late(browsers: Browsers) -> None:
    late = "setTimeout(() => { document.body.innerHTML = '<a href=/a>青山县2021年年报</a>' }, 1500)"
    got = await shown(browsers, Memory({"/": html(f"<p>请稍候</p><script>{late}</script>")}), 1)
    assert [link.url for link in got.pages[0].links] == [f"{HOST}/a"]


LOSING = {
    "a router": "history.pushState(null, '', '/detail/' + (900 + n)); box.innerHTML = '<h2>' + titles[n] + '</h2>'",
    "an address, then the article": "location.hash = '#/detail/' + (900 + n); box.textContent = titles[n]",
    "the article alone": "box.innerHTML = '<h2>' + titles[n] + '</h2><p>政府信息公开工作年度报告全文' + n + '</p>'",
}
"""What a click does that takes the list away."""

ONE_SCRIPT = """<div id=tabs><div role=tab>2022年</div><div role=tab>2021年</div><div role=tab>2020年</div></div>
<div id=box></div><script>
const box = document.querySelector('#box'), titles = TITLES;
const list = year => { box.innerHTML = titles.map(t => `<div class=cell>${t.replace('2022', year)}</div>`).join('');
  box.querySelectorAll('.cell').forEach((cell, n) => cell.addEventListener('click', () => { CLICK })) };
document.querySelectorAll('#tabs div').forEach(t => t.addEventListener('click', () => list(t.textContent.slice(0, 4))));
list('2022');
</script>"""


@pytest.mark.slow
async def test_items_whose_click_takes_the_list_away(browsers: Browsers) -> None:
    names = [f"{place}教育局2022年政府信息公开工作年度报告" for place in ("甲县", "乙县", "丙县")]
    for how, click in LOSING.items():
        document = ONE_SCRIPT.replace("TITLES", str(names)).replace("CLICK", click)
        memory = Memory({"/": html(document)})
        got = await shown(browsers, memory, 3)
        links = {link.title: link.url for link in got.pages[0].links}
        if how == "the article alone":
            assert [unquote(links[name]) for name in names] == [f"{HOST}/#press:{name}" for name in names]
        else:
            assert [links[name].rpartition("/")[2] for name in names] == ["900", "901", "902"], how
        assert unquote(links["2020年"]) == f"{HOST}/#press:2020年", how
        assert len(memory.asked) == 1, how
        assert got.trouble == (), how


TREE = """<ul id=tree></ul><script>
const leaf = [['公开指南', 1], ['公开年报', 5]];
tree.innerHTML = leaf.map(([name, n]) => `<li><span data-n=${n}>${name}</span></li>`).join('');
tree.querySelectorAll('span').forEach(one => one.addEventListener('click', () => {
  parent.main.location.href = 'list?cat=' + one.dataset.n }));
</script>"""


@pytest.mark.slow
async def test_a_click_that_goes_to_the_frame_beside(browsers: Browsers) -> None:
    frames = "<frameset cols='20%,*'><frame name=left src=/tree><frame name=main src=/welcome></frameset>"
    memory = Memory({"/": frames, "/tree": html(TREE)})
    answers = Answers()
    for path in ("/", "/tree"):
        page = await memory.ask(Fetch(f"{HOST}{path}", found_on=f"{HOST}/"))
        assert page is not None
        answers.put(page)
    eyes = Renderer(browsers, "test", memory.ask, lambda url: url.startswith(HOST), lambda at, url: None, answers)
    got = await eyes.show(page)
    assert {link.title: link.url for link in got.pages[0].links} == {
        "公开指南": f"{HOST}/list?cat=1",
        "公开年报": f"{HOST}/list?cat=5",
    }


CHOSEN = """<select id=unit></select><select id=year><option value="">全部</option><option>2022</option></select>
<button id=query>查询</button><ul id=list></ul><script>
unit.innerHTML = ['县教育局', '县财政局', '湖口镇'].map((name, n) => `<option value=${n}>${name}</option>`).join('');
const get = () => fetch('/api?page=1&dice=' + Math.random() + '&unit=' + unit.value).then(r => r.json()).then(d => {
  list.innerHTML = d.rows.map(r => `<li><a href=${r.url}>${r.title}${unit.value}</a></li>`).join('') });
query.onclick = get; get();
</script>"""


@pytest.mark.slow
async def test_agencies_of_a_box_that_is_queried(browsers: Browsers) -> None:
    memory = Memory({"/": html(CHOSEN)})
    got = await shown(browsers, memory, 3)
    pressed = {link.title: unquote(link.url) for link in got.pages[0].links if "press:" in link.url}
    assert pressed == {name: f"{HOST}/#press:{name}" for name in ("县财政局", "湖口镇")}
    assert len([fetch for fetch in memory.asked if "/api" in fetch.url]) == 1
    page = await memory.ask(Fetch(f"{HOST}/#press:湖口镇"))
    assert page is not None
    eyes = Renderer(browsers, "test", memory.ask, lambda url: url.startswith(HOST), lambda at, url: None, Answers())
    chosen = await eyes.show(page)
    assert all(title.endswith("2") for title in titles(chosen)[0])
    assert titles(chosen)[0]


MORE = """<div id=box></div><script>
let page = 0; const box = document.querySelector('#box'), titles = TITLES;
const get = () => fetch('/api?page=' + (++page) + '&ts=' + new Date().getTime()).then(r => r.json()).then(d => {
  const part = titles.slice((page - 1) * 2, page * 2);
  document.querySelector('#more')?.remove();
  box.insertAdjacentHTML('beforeend', part.map(t => `<div class=cell>${t}</div>`).join('')
    + (page < 2 ? '<p id=more>加载更多</p>' : ''));
  box.querySelectorAll('.cell').forEach((cell, n) => { cell.onclick = () => {
    location.hash = '#/d/' + n; box.innerHTML = '' } });
  if (page < 2) document.querySelector('#more').onclick = get;
}); get();
</script>"""


@pytest.mark.slow
async def test_a_list_that_is_lost_on_every_page_comes_back(browsers: Browsers) -> None:
    """The page is loaded anew from its own answers, whatever clock stands in its requests."""
    names = [f"{place}教育局2022年政府信息公开工作年度报告" for place in ("甲县", "乙县", "丙县", "丁县")]
    memory = Memory({"/": html(MORE.replace("TITLES", str(names)))})
    got = await shown(browsers, memory, 9)
    assert (len(got.pages), got.trouble) == (2, ())
    links = {link.title: link.url for page in got.pages for link in page.links}
    assert [links[name].rpartition("/")[2] for name in names] == ["0", "1", "2", "3"]
    assert len([fetch for fetch in memory.asked if "/api" in fetch.url]) == 2
