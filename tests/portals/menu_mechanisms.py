"""Ways from a home page to the annual column, each alone on an otherwise plain portal.

Every function draws one menu: what stands on the page at `path` so that a visitor reaches `links` (text, address).
Files that a menu needs are put on the site. Seen on real portals, see the issues.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from harvester.sample.server import Answer
from tests.portals.simulator import Simulator, html

Links = list[tuple[str, str]]
Menu = Callable[[Simulator, str, Links], str]

NEWS = "<ul>" + "".join(f"<li><a href='/xw/{n}.html'>青石县召开第{n}次会议</a></li>" for n in range(1, 13)) + "</ul>"
AGENCIES = [f"青石县{name}局" for name in "教育 科技 民政 财政 水利 商务 农业 统计".split()]


def anchors(links: Links) -> str:
    return "<ul>" + "".join(f"<li><a href='{address}'>{text}</a></li>" for text, address in links) + "</ul>"


def nodes(links: Links, address: str = "url") -> str:
    found = [{"id": n, "pId": 0, "name": text, address: to} for n, (text, to) in enumerate(links)]
    return json.dumps(found, ensure_ascii=False)


def script(site: Simulator, path: str, text: str) -> str:
    """A script file of the portal's own."""
    name = f"/js{path}menu.js"
    site.site.page(name, text, content_type="application/javascript")
    return f"<script src='{name}'></script>"


def data(site: Simulator, path: str, text: str, content_type: str = "application/json") -> str:
    name = f"/api{path}menu.do"
    site.site.pages[name] = Answer(text.encode(), content_type=content_type)
    return name


def plain(site: Simulator, path: str, links: Links) -> str:
    return anchors(links)


def meta_refresh(site: Simulator, path: str, links: Links) -> str:
    site.site.page(f"{path}main.html", html(anchors(links)))
    return f"<!bare><meta http-equiv='refresh' content='0;url={path}main.html'>"


def refresh_to_index(site: Simulator, path: str, links: Links) -> str:
    site.site.page(f"{path}index.html", html(anchors(links)))
    return "<!bare><html><head><META HTTP-EQUIV='Refresh' CONTENT='0; URL=index.html'></head><body></body></html>"


def moved_by_script(site: Simulator, path: str, links: Links) -> str:
    site.site.page(f"{path}index.asp", html(anchors(links)))
    return "<!bare><script>var p = 'index.asp'; window.location.replace(p);</script>"


def moved_on_load(site: Simulator, path: str, links: Links) -> str:
    site.site.page(f"{path}default.html", html(anchors(links)))
    return f"<!bare><body onload=\"setTimeout('location.href=\\'{path}default.html\\'', 10)\"></body>"


def frameset(site: Simulator, path: str, links: Links) -> str:
    site.site.page(f"{path}left.htm", html(anchors(links)))
    site.site.page(f"{path}inner.htm", f"<html><frameset cols='200,*'><frame src='{path}left.htm'></frameset></html>")
    return (
        f"<!bare><html><frameset rows='80,*'><frame src='{path}top.htm'><frame src='{path}inner.htm'></frameset></html>"
    )


def header_frame(site: Simulator, path: str, links: Links) -> str:
    site.site.page(f"{path}header.html", html(anchors(links)))
    return f"<iframe src='{path}header.html'></iframe>"


def framed_by_script(site: Simulator, path: str, links: Links) -> str:
    site.site.page(f"{path}nav.html", html(anchors(links)))
    return f"<iframe id='n'></iframe><script>document.getElementById('n').src = '{path}nav.html'</script>"


def frame_that_calls_its_page(site: Simulator, path: str, links: Links) -> str:
    tree = anchors([(text, f"javascript:parent.show({at})") for at, (text, _) in enumerate(links)])
    site.site.page(f"{path}tree.jsp", html(tree))
    ways = json.dumps([to for _, to in links])
    return f"<iframe src='{path}tree.jsp'></iframe><script>var w={ways};function show(n){{location.href=w[n]}}</script>"


def onclick(site: Simulator, path: str, links: Links) -> str:
    return "".join(f"<div onclick=\"window.location.href='{to}'\">{text}</div>" for text, to in links)


def window_open(site: Simulator, path: str, links: Links) -> str:
    return "".join(f"<a href='javascript:void(0)' onclick=\"window.open('{to}')\">{text}</a>" for text, to in links)


def own_function(site: Simulator, path: str, links: Links) -> str:
    calls = "".join(f"<a href=\"javascript:qwe('{to.lstrip('/')}')\">{text}</a>" for text, to in links)
    return f"<script>function qwe(c) {{ self.location = '/' + c; }}</script>{calls}"


def unknown_function(site: Simulator, path: str, links: Links) -> str:
    return "".join(f"<span onclick=\"portalJump('{to}', this)\">{text}</span>" for text, to in links)


def bound_click(site: Simulator, path: str, links: Links) -> str:
    boxes = "".join(f"<li class='mm' data-code='{to}'>{text}</li>" for text, to in links)
    return (
        f"<ul>{boxes}</ul><script>$('.mm').on('click', function () {{ location.href = $(this).data('code') }})</script>"
    )


def data_url(site: Simulator, path: str, links: Links) -> str:
    return "".join(f"<div class='card' data-jump='{to}'><p>{text}</p></div>" for text, to in links)


def options(site: Simulator, path: str, links: Links) -> str:
    return "<select>" + "".join(f"<option value='{to}'>{text}</option>" for text, to in links) + "</select>"


def options_built(site: Simulator, path: str, links: Links) -> str:
    rows = "".join(f"<option value='{to.lstrip('/')}'>{text}</option>" for text, to in links)
    return f"<select onchange=\"location.href = '/' + this.value\"><option value=''>请选择</option>{rows}</select>"


def image_map(site: Simulator, path: str, links: Links) -> str:
    areas = "".join(f"<area shape='rect' coords='0,0,9,9' href='{to}' alt='{text}'>" for text, to in links)
    return f"<img src='/menu.jpg' usemap='#m'><map name='m'>{areas}</map>"


def picture_links(site: Simulator, path: str, links: Links) -> str:
    return "".join(f"<a href='{to}'><img src='/{n}.png' alt='{text}'></a>" for n, (text, to) in enumerate(links))


def document_write(site: Simulator, path: str, links: Links) -> str:
    lines = "".join(f'document.writeln("<li><a href=\\"{to}\\">{text}</a></li>");' for text, to in links)
    return f"<script>{lines}</script>"


def written_by_file(site: Simulator, path: str, links: Links) -> str:
    lines = "".join(f"document.writeln('<td><a href=\"{to}\" target=_blank>{text}</a></td>');\n" for text, to in links)
    return script(site, path, lines)


def written_in_a_loop(site: Simulator, path: str, links: Links) -> str:
    body = (
        "for (var i = 0; i < m.length; i++) { document.write('<a href=\"' + m[i].url + '\">' + m[i].name + '</a>'); }"
    )
    return script(site, path, f"var m = {nodes(links)};\n{body}")


def tree_inline(site: Simulator, path: str, links: Links) -> str:
    return f"<ul id='tree' class='ztree'></ul><script>var zNodes = {nodes(links, 'file')};</script>"


def tree_with_a_handler(site: Simulator, path: str, links: Links) -> str:
    rows = ",".join(f"{{id:{n},code:'{to.lstrip('/')}',name:'{text}'}}" for n, (text, to) in enumerate(links))
    settings = "{callback: {onClick: function (e, id, node) { location.href = '/' + node.code }}}"
    return f"<ul id='t'></ul><script>$(function () {{ $.fn.zTree.init($('#t'), {settings}, [{rows}]) }})</script>"


def dtree(site: Simulator, path: str, links: Links) -> str:
    rows = "".join(f"d.add({n}, 0, '{text}', '{to}');" for n, (text, to) in enumerate(links, 1))
    return f"<script>d = new dTree('d'); d.add(0, -1, '目录'); {rows} document.write(d);</script>"


def jsonp(site: Simulator, path: str, links: Links) -> str:
    broken = [{"name": text, "url": "null.shtml", "iframeurl": to} for text, to in links]
    return script(site, path, f"showTree({json.dumps(broken, ensure_ascii=False)});")


def json_tree(site: Simulator, path: str, links: Links) -> str:
    inner = {"code": 200, "data": {"children": json.loads(nodes(links, "linkUrl"))}}
    address = data(site, path, json.dumps(inner, ensure_ascii=False))
    return f"<ul id='t'></ul><script>$.ajax({{url: '{address}', dataType: 'json', success: draw}});</script>"


def beside_another_government(site: Simulator, path: str, links: Links) -> str:
    """The foot of every page leads to another government, to be left alone, and to a map that says nothing."""
    site.site.page("/wzdt.html", html("<p>建设中</p>"))
    foot = "<p><a href='http://www.province.example/'>省人民政府</a><a href='/wzdt.html'>网站地图</a></p>"
    return f"{json_tree(site, path, links)}{foot}"


def behind_dead_routes(site: Simulator, path: str, links: Links) -> str:
    """What a script file names by the same words is no address of the portal."""
    dead = script(site, path, f"var routes = {nodes([(text, '/gone' + to) for text, to in links])};")
    return f"{json_tree(site, path, links)}{dead}"


def beside_dead_links(site: Simulator, path: str, links: Links) -> str:
    """The links that are sent are of years ago; what leads on is drawn."""
    return f"{json_tree(site, path, links)}{anchors([(text, '/gone' + to) for text, to in links])}"


def loaded_piece(site: Simulator, path: str, links: Links) -> str:
    address = data(site, path, anchors(links), "text/html")
    return f"<div id='menu'></div><script>$(function () {{ $('#menu').load('{address}') }});</script>"


def fetched_and_drawn(site: Simulator, path: str, links: Links) -> str:
    """Only a browser shows this: the answer is no tree, its parts are put together by the page."""
    rows = [[text[::-1], "|".join(to.lstrip("/").split("/"))] for text, to in links]
    address = data(site, path, json.dumps(rows, ensure_ascii=False))
    drawn = (
        f"fetch('{address}').then(function (r) {{ return r.json() }}).then(function (rows) {{"
        " var box = document.getElementById('m'); rows.forEach(function (row) { var a = document.createElement('a');"
        " a.href = '/' + row[1].split('|').join('/'); a.textContent = row[0].split('').reverse().join('');"
        " box.appendChild(a); }) })"
    )
    return f"<div id='m'></div><script>{drawn}</script>"


def odd_addresses(site: Simulator, path: str, links: Links) -> str:
    return "".join(f"<a href='\t{to.replace('/', chr(92))} \n#x'>{text}</a>" for text, to in links)


def based(site: Simulator, path: str, links: Links) -> str:
    return "<base href='/'>" + "".join(f"<a href='{to.lstrip('/')}'>{text}</a>" for text, to in links)


def query_form(site: Simulator, path: str, links: Links) -> str:
    """A form sent by POST with the number of the entry."""
    action = f"/go{path}show.do"
    site.site.dynamic[action] = lambda asked: _moved(links, asked.body.decode())
    rows = "".join(f"<a href='javascript:go({n})'>{text}</a>" for n, (text, _) in enumerate(links))
    form = f"<form name='f' method='post' action='{action}'><input type='hidden' name='n' value=''></form>"
    return f"{form}<script>function go(n) {{ document.f.n.value = n; document.f.submit() }}</script>{rows}"


def _moved(links: Links, body: str) -> Answer:
    number = int(body.partition("=")[2].partition("&")[0] or 0)
    return Answer(b"", 302, (("Location", links[number][1]),))


MENUS: dict[str, Menu] = {
    made.__name__: made
    for made in (
        *(plain, meta_refresh, refresh_to_index, moved_by_script, moved_on_load, frameset, header_frame),
        *(
            framed_by_script,
            frame_that_calls_its_page,
            onclick,
            window_open,
            own_function,
            unknown_function,
            bound_click,
            data_url,
            options,
        ),
        *(options_built, image_map, picture_links, document_write, written_by_file, written_in_a_loop, tree_inline),
        *(tree_with_a_handler, dtree, jsonp, json_tree, beside_another_government),
        *(behind_dead_routes, beside_dead_links, loaded_piece, odd_addresses, based, query_form),
    )
}
DRAWN: dict[str, Menu] = {"fetched_and_drawn": fetched_and_drawn}
"""Only with a browser."""


def framed_twice(site: Simulator, path: str, links: Links) -> str:
    site.site.page(f"{path}inner.html", html(anchors(links)))
    site.site.page(f"{path}outer.html", html(f"<iframe src='{path}inner.html'></iframe>"))
    return f"<iframe src='{path}outer.html'></iframe>"


def hover_menu(site: Simulator, path: str, links: Links) -> str:
    return f"<div onmouseover='show(this)'>栏目导航<div style='display:none'>{anchors(links)}</div></div>"


def mouse_up(site: Simulator, path: str, links: Links) -> str:
    return "".join(f"<span onmouseup=\"window.open('{to}')\">{text}</span>" for text, to in links)


def record_set(site: Simulator, path: str, links: Links) -> str:
    rows = "".join(f"<record><![CDATA[<li><a href='{to}'>{text}</a></li>]]></record>" for text, to in links)
    return f"<div id='l'></div><script type='text/xml'><datastore><recordset>{rows}</recordset></datastore></script>"


def kept_in_a_text_area(site: Simulator, path: str, links: Links) -> str:
    shown = "document.getElementById('m').innerHTML = document.getElementById('t').value"
    area = f"<textarea id='t' style='display:none'>{anchors(links)}</textarea>"
    return f"{area}<div id='m'></div><script>{shown}</script>"


def rows_with_addresses(site: Simulator, path: str, links: Links) -> str:
    rows = "".join(f"<tr data-href='{to}'><td>{n}</td><td>{text}</td></tr>" for n, (text, to) in enumerate(links, 1))
    return f"<table class='layui-table'>{rows}</table>"


def chosen_and_queried(site: Simulator, path: str, links: Links) -> str:
    rows = "".join(f"<option value='{to}'>{text}</option>" for text, to in links)
    go = "location.href = document.getElementById('s').value"
    return f"<select id='s'>{rows}</select><input type='button' value='查询' onclick=\"{go}\">"


def hidden_data(site: Simulator, path: str, links: Links) -> str:
    draw = (
        "JSON.parse($('#d').val()).forEach(function (m) { $('#m').append('<a href=' + m.url + '>' + m.name + '</a>') })"
    )
    return f"<input type='hidden' id='d' value='{nodes(links)}'><div id='m'></div><script>{draw}</script>"


def drawn_by_vue(site: Simulator, path: str, links: Links) -> str:
    rows = json.dumps([{"title": text, "link": to} for text, to in links], ensure_ascii=False)
    template = "<div id='app'><a v-for='m in menu' :href='m.link'>{{ m.title }}</a></div>"
    return f"{template}<script>new Vue({{el: '#app', data: {{menu: {rows}}}}})</script>"


def cloned_template(site: Simulator, path: str, links: Links) -> str:
    clone = "document.body.appendChild(document.getElementById('t').content.cloneNode(true))"
    return f"<template id='t'>{anchors(links)}</template><script>{clone}</script>"


def scheme_of_the_page(site: Simulator, path: str, links: Links) -> str:
    """Addresses as `location` begins them."""
    calls = "".join(f"<li onclick=\"to('{to}')\">{text}</li>" for text, to in links)
    return f"<script>function to(p) {{ window.open(location.protocol + '//' + location.host + p) }}</script>{calls}"


MORE: dict[str, Menu] = {
    made.__name__: made
    for made in (
        *(framed_twice, hover_menu, mouse_up, record_set, kept_in_a_text_area, rows_with_addresses),
        *(chosen_and_queried, hidden_data, drawn_by_vue, cloned_template, scheme_of_the_page),
    )
}
"""Not among those that the compositions of old seeds are made of."""


class MechanismPortal(Simulator):
    """Home → 政务公开 → 政府信息公开 → 年报, with one mechanism at `at`: home, gateway (or everywhere)."""

    def __init__(self, menu: Menu, at: str = "everywhere") -> None:
        super().__init__("generic", "/", role="home", layout=None)
        self.menu, self.at = menu, at
        self.put("/", [("新闻中心", "/xwzx/"), ("政务公开", "/zwgk/")], "home", NEWS)
        self.put("/zwgk/", [("政府信息公开", "/zwgk/zfxxgk/"), ("法治政府建设年度报告", "/fz/")], "gateway")
        four = [("政府信息公开指南", "/zwgk/zn/"), ("政府信息公开年报", "/zwgk/zfxxgk/zfxxgknb/")]
        self.put("/zwgk/zfxxgk/", four, "gateway")
        self.decoys |= {"/fz/", "/xwzx/", "/zwgk/zn/"}
        self.column()

    def put(self, path: str, links: Links, place: str, rest: str = "") -> None:
        """A page whose menu is drawn by the mechanism where it is at work, plainly elsewhere."""
        drawn = self.menu(self, path, links) if self.at in (place, "everywhere") else anchors(links)
        whole = drawn.removeprefix("<!bare>") if drawn.startswith("<!bare>") else html(drawn + rest, "青石县人民政府")
        self.site.page(path, whole)

    def column(self) -> None:
        """A flat list."""
        rows = []
        for number, agency in enumerate(AGENCIES):
            path = f"/zwgk/zfxxgk/zfxxgknb/{20230100 + number}.html"
            self.add_report(path, agency, 2022)
            rows.append((f"{agency}2022年政府信息公开工作年度报告", path))
        self.site.page("/zwgk/zfxxgk/zfxxgknb/", html(anchors(rows)))


class DrawnGroup(Simulator):
    """Home → 政府信息公开 → 县政府, whose page is no menu but a list with a pager, drawn by its script."""

    def __init__(self) -> None:
        super().__init__("generic", "/", role="home", layout=None)
        self.site.page("/", html(anchors([("政府信息公开", "/xxgk/")]) + NEWS, "青石县人民政府"))
        self.site.page("/xxgk/", html(anchors([("县政府", "/xxgk/xzf/"), ("政府信息公开指南", "/xxgk/zn/")])))
        rows = []
        for year in range(2017, 2024):
            self.add_report(f"/xxgk/xzf/{year}0100.html", "青石县人民政府", year)
            title = f"青石县人民政府{year}年政府信息公开工作年度报告"
            rows.append([title[::-1], f"xxgk|xzf|{year}0100.html"])
        self.decoys |= {"/xxgk/zn/"}
        address = data(self, "/xxgk/xzf/", json.dumps(rows, ensure_ascii=False))
        drawn = (
            f"fetch('{address}').then(function (r) {{ return r.json() }}).then(function (rows) {{ var at = 0;"
            " function draw() { var box = document.getElementById('m'); box.innerHTML = '';"
            " rows.slice(at * 4, at * 4 + 4).forEach(function (row) { var a = document.createElement('a');"
            " a.href = '/' + row[1].split('|').join('/'); a.textContent = row[0].split('').reverse().join('');"
            " var li = document.createElement('li'); li.appendChild(a); box.appendChild(li); });"
            " document.getElementById('n').style.display = at ? 'none' : '' }"
            " document.getElementById('n').onclick = function () { at += 1; draw() }; draw() })"
        )
        pager = "<ul id='m'></ul><div>共2页 <span id='n'>下一页</span></div>"
        self.site.page("/xxgk/xzf/", html(f"{pager}<script>{drawn}</script>"))
