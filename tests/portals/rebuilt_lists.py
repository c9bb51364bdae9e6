"""Lists of real platforms that a page's own script asks for and draws, rebuilt from what was seen of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from harvester.sample.server import Answer, Asked
from tests.portals.other_platforms import numbered, row, title
from tests.portals.simulator import Simulator, html

COUNT = 21
DRAW = (
    "function draw(rows) { var h = ''; $.each(rows, function(i, x) {"
    " h += '<li><a href=\"' + x.url + '\">' + x.title + '</a><span>' + x.time + '</span></li>' }); $('#list').html(h) }"
)
JQUERY = "<script src='/js/jquery.min.js'></script><ul id='list'></ul>"


def given(asked: Asked) -> dict[str, str]:
    """Parameters of query and form together, of a JSON body too."""
    if asked.body[:1] == b"{":
        return {name: str(value) for name, value in json.loads(asked.body).items()}
    found = parse_qs(urlsplit(asked.path).query) | parse_qs(asked.body.decode())
    return {name: values[0] for name, values in found.items()}


class ScriptedList(Simulator):
    """21 reports behind `api`; `script` stands on the column's page; `answer` makes the answer of what was asked."""

    def __init__(
        self,
        script: str,
        api: str,
        answer: Callable[[ScriptedList, dict[str, str], Asked], Any],
        body: str = JQUERY,
        start: str = "/xxgk/nb/",
    ) -> None:
        super().__init__("generic", start)
        self.rows: list[dict[str, Any]] = []
        for number, agency, year in numbered(COUNT):
            path = f"/art/{70000 + number}.html"
            self.add_report(path, agency, year)
            self.rows.append(
                {
                    "id": 70000 + number,
                    "title": title(agency, year),
                    "url": path,
                    "time": f"{year + 1}-01-{number + 1:02}",
                }
            )
        self.site.page(start, html(f"<h1>政府信息公开年报</h1>{body}<script>{script}</script>"))
        self.make = answer
        self.site.dynamic[urlsplit(api).path] = self.asked_for

    def asked_for(self, asked: Asked) -> Answer:
        made = self.make(self, given(asked), asked)
        if isinstance(made, Answer):
            return made
        text = made if isinstance(made, str) else json.dumps(made, ensure_ascii=False)
        return Answer(text.encode(), content_type="application/json")

    def part(self, first: int, size: int) -> list[dict[str, Any]]:
        return self.rows[first : first + size]


def get_json() -> ScriptedList:
    script = (
        f"{DRAW} var page = 1; function load() {{ $.getJSON('/api/list', {{page: page, size: 6}}, function(d) {{"
        " draw(d.data.rows);"
        " $('#next').html(page < d.data.pages ? '<a onclick=\"page++; load()\">下一页</a>' : '') }) }"
        " load();"
    )
    return ScriptedList(
        script,
        "/api/list",
        lambda one, asked, _: {"data": {"pages": 4, "rows": one.part((int(asked["page"]) - 1) * 6, 6)}},
    )


def suzhou() -> ScriptedList:
    """A form by POST, the answer JSON in names of its own."""
    script = (
        "$.post('/szinf/xxgk/interfacesWebZcwj/loadData?pageSize=15', {pageIndex: 1, channel_id: 'nb'}, function(d) {"
        " $.each(d.data.list, function(i, x) {"
        " $('#list').append('<li><a href=\"' + x.URL + '\">' + x.TITLE + '</a></li>') }) })"
    )

    def answer(one: ScriptedList, asked: dict[str, str], _: Asked) -> Any:
        rows = one.part((int(asked["pageIndex"]) - 1) * 15, 15) if asked.get("channel_id") == "nb" else []
        listed = [{"TITLE": r["title"], "URL": r["url"], "PUBLISHED_TIME_FORMAT": r["time"]} for r in rows]
        return {"data": {"allRow": COUNT, "totalPage": 2, "list": listed}}

    return ScriptedList(script, "/szinf/xxgk/interfacesWebZcwj/loadData", answer)


def igs() -> ScriptedList:
    """The page names tenant, table and channel; JSON by POST; the title in a field without a name."""
    script = (
        "var tenantId = 't1', tableName = 'govdoc', channel = 'c9';"
        "$.ajax({url: '/irs/front/list', type: 'POST', contentType: 'application/json', data: JSON.stringify("
        "{tenantId: tenantId, tableName: tableName, channel: channel, pageNo: 1, pageSize: 10}),"
        " success: function(d) {} })"
    )

    def answer(one: ScriptedList, asked: dict[str, str], request: Asked) -> Any:
        if request.method != "POST" or asked.get("channel") != "c9":
            return {"success": False}
        rows = one.part((int(asked["pageNo"]) - 1) * 10, 10)
        listed = [
            {"doc_pub_url": r["url"], "save_time": r["time"], "f_20218": r["title"], "org": "白桦市"} for r in rows
        ]
        return {"data": {"pager": {"total": COUNT}, "list": listed}}

    return ScriptedList(script, "/irs/front/list", answer)


def was5() -> ScriptedList:
    """Two values of the answer stand in single quotes."""
    script = (
        "var zNodes = [{id: 1, pId: 0, name: '政府信息公开年报', file: ''}]; var channelid = 231;"
        f"{DRAW} function show(p) {{ $.get('/was5/web/search', {{channelid: channelid, classsql: 'chnlid=77',"
        " sortfield: '-docreltime', prepage: 5, page: p}, function(d) { draw(d.docs) }) } show(1);"
    )

    def answer(one: ScriptedList, asked: dict[str, str], _: Asked) -> Any:
        rows = one.part((int(asked["page"]) - 1) * 5, 5)
        docs = ",".join(
            f'{{"url":"{r["url"]}","title":"{r["title"]}","time":"{r["time"]}","py":\'###pypy###\'}}' for r in rows
        )
        return f'{{"count":"{COUNT}","word":\'年报\',"docs":[{docs}]}}'

    return ScriptedList(script, "/was5/web/search", answer)


def jsonp_without_a_total() -> ScriptedList:
    """An icon for the next page; an empty page is the end."""
    script = (
        "var cur = 1; function load(n) { $.ajax({url: '/search/list.do', dataType: 'jsonp', data: {channel: 'nb', p: n,"
        " size: 6}, success: function(d) { if (!d.docs.length) return; cur = n; var h = '';"
        " $.each(d.docs, function(i, x) { h += '<li><a data-href=\"' + x.url + '\">' + x.title + '</a></li>' });"
        " $('#list').html(h) }}) } $('.next').click(function() { load(cur + 1) }); load(1);"
    )
    pager = "<div class='pg'><div class='next'><i class='icon-right'></i></div></div>"

    def answer(one: ScriptedList, asked: dict[str, str], _: Asked) -> Any:
        docs = json.dumps({"docs": one.part((int(asked["p"]) - 1) * 6, 6)}, ensure_ascii=False)
        return f"{asked.get('callback', 'x')}({docs})"

    return ScriptedList(script, "/search/list.do", answer, JQUERY + pager)


class LoadMore(ScriptedList):
    """The first eight in the page's script, the rest behind 点击加载更多; items are rows with an address."""

    def __init__(self) -> None:
        super().__init__("", "/portal/more", self.more)
        first = json.dumps(self.part(0, 8), ensure_ascii=False)
        script = (
            f"var firstList = {first}; var start = 8, rows = 8, busy = false, over = false;"
            "function append(a) { $.each(a, function(i, x) {"
            " $('#list').append('<li data-url=\"' + x.url + '\"><span>' + x.title + '</span></li>') }) }"
            "append(firstList); function loadMore() { if (busy || over) return; busy = true;"
            " $.getJSON('/portal/more', {start: start, rows: rows}, function(d) { append(d.list);"
            " start += d.list.length; busy = false; if (!d.hasMore) { over = true } }) }"
            "$('#more').click(loadMore);"
        )
        self.site.page(self.start, html(f"{JQUERY}<div id='more'>点击加载更多</div><script>{script}</script>"))

    @staticmethod
    def more(one: ScriptedList, asked: dict[str, str], _: Asked) -> Any:
        first = int(asked["start"])
        return {"list": one.part(first, 8), "hasMore": first + 8 < COUNT}


def rows_by_id() -> ScriptedList:
    """Rows that a click opens in a layer, by their number."""
    script = (
        "var page = 0; function load() { $.getJSON('/gk/list', {node: '7', page: page, size: 8}, function(d) {"
        " var h = '';"
        " $.each(d.content, function(i, x) {"
        " h += \"<tr class='row' data-id='\" + x.id + \"'><td>\" + x.title + '</td></tr>' }); $('#tb').html(h) }) }"
        "$(document).on('click', 'tr.row', function() {"
        " $('#lf').attr('src', '/art/' + $(this).attr('data-id') + '.html') });"
        "load();"
    )
    return ScriptedList(
        script,
        "/gk/list",
        lambda one, asked, _: {
            "content": [{"id": r["id"], "title": r["title"]} for r in one.part(int(asked["page"]) * 8, 8)],
            "totalElements": COUNT,
            "number": int(asked["page"]),
        },
        "<script src='/js/jquery.min.js'></script><table><tbody id='tb'></tbody></table><iframe id='lf'></iframe>",
    )


def truecms() -> ScriptedList:
    """JSON whose ``result`` is XML of records in CDATA; no answer without a Referer."""
    script = (
        "$.ajax({url: '/truecms/messageController/getMessage.do', dataType: 'jsonp',"
        " data: {startrecord: 1, endrecord: 12,"
        " perpage: 12, columnId: '77'}, success: function(d) { fill(d.result) }})"
    )

    def answer(one: ScriptedList, asked: dict[str, str], request: Asked) -> Any:
        if "referer" not in request.headers:
            return Answer(b"", 404)
        first, last = int(asked["startrecord"]) - 1, int(asked["endrecord"])
        records = "".join(
            f"<record><![CDATA[{row(r['url'], r['title'], r['time'])}]]></record>" for r in one.rows[first:last]
        )
        told = {"result": f"<datastore><totalrecord>{COUNT}</totalrecord><recordset>{records}</recordset></datastore>"}
        return f"{asked['callback']}({json.dumps(told, ensure_ascii=False)})"

    return ScriptedList(script, "/truecms/messageController/getMessage.do", answer)


def data_file() -> ScriptedList:
    """All records in a script file; the page draws them; items call a function with their number."""
    script = (
        "function viewPage(id) { window.open('/art/' + id + '.html') } function show() { var h = '';"
        " for (var k = 0; k < nbData.length; k++)"
        " h += '<li><a href=\"javascript:viewPage(\\'' + nbData[k].i + '\\')\">'"
        " + nbData[k].t + '</a> ' + nbData[k].d + '</li>'; document.getElementById('list').innerHTML = h } show();"
    )
    body = "<ul id='list'></ul><script src='data/nb_data.js'></script>"
    portal = ScriptedList(script, "/unused", lambda *_: "", body)
    data = [{"i": str(r["id"]), "t": r["title"], "d": r["time"]} for r in portal.rows]
    source = f"var nbData = {json.dumps(data, ensure_ascii=False)};"
    portal.site.page("/xxgk/nb/data/nb_data.js", source, content_type="application/javascript")
    return portal


def old_jpage() -> ScriptedList:
    """Twelve rows in the page's script, three groups of four; the rest from the proxy, with what `ajaxParam` holds."""
    proxy = "/module/jslib/jquery/jpage/dataproxy.jsp"

    def table_row(held: dict[str, Any]) -> str:
        return f'<tr><td><a href="{held["url"]}">{held["title"]}</a></td><td>{held["time"]}</td></tr>'

    def answer(one: ScriptedList, asked: dict[str, str], _: Asked) -> str:
        first = int(asked["startrecord"]) - 1
        rows = [table_row(held) for held in one.part(first, int(asked["endrecord"]) - first)]
        known = asked.get("unitid") == "5566"
        return f"totalRecord={COUNT};dataStore = {json.dumps(rows if known else [], ensure_ascii=False)};"

    portal = ScriptedList("", proxy, answer, start="/col/col12/index.html")
    rows = ",".join(f"'{table_row(held)}'" for held in portal.part(0, 12))
    script = (
        f"var InitData5566=[{rows}]; jQuery('#p').jpage({{dataStore:InitData5566, totalRecord:{COUNT}, perPage:4,"
        f" groupSize:3, proxyUrl:'{proxy}', ajaxParam:{{ webid:1, columnid:12, unitid:5566, permissiontype:0}}}});"
    )
    portal.site.page(portal.start, html(f"<h1>政府信息公开年报</h1><div id='p'></div><script>{script}</script>"))
    return portal


LISTS: dict[str, Callable[[], Simulator]] = {
    "JSON by GET": get_json,
    "a form, JSON (Suzhou)": suzhou,
    "JSON by POST (IGS)": igs,
    "WAS5": was5,
    "JSONP without a total": jsonp_without_a_total,
    "load more": LoadMore,
    "rows by number": rows_by_id,
    "TrueCMS": truecms,
    "a data file": data_file,
    "old jpage": old_jpage,
}
