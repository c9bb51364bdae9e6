"""Pages of any size that make a careless rule take the square of their length: open ends, deep nests, endless rows."""

from __future__ import annotations

from collections.abc import Callable


def times(unit: str, before: str = "<p>", behind: str = "") -> Callable[[int], str]:
    """A shape: `unit` as often as it fits."""
    return lambda size: before + unit * (size // len(unit.encode())) + behind


def counted(unit: str, before: str = "<p>", behind: str = "") -> Callable[[int], str]:
    """The same with a number of its own in each."""
    length = len(unit.encode()) + 3
    return lambda size: before + "".join(unit.replace("#", str(number)) for number in range(size // length)) + behind


SHAPES: dict[str, Callable[[int], str]] = {
    "comments that never end": times("<!--"),
    "tags that never end": times("<"),
    "anchors that never end": times("<a href="),
    "anchors never closed": times("<a href='/x.html'>"),
    "titles": times("<title>"),
    "a long title": times("年度报告", "<title>", "</title>"),
    "scripts that never end": times("<script"),
    "styles that never end": times("<style>"),
    "boxes in boxes": times("<div>"),
    "boxes with an anchor in boxes": times("<div><a href='/x.html'>年报</a>"),
    "tables in tables": times("<table><tr><td>"),
    "one long address": times("/x", "<a href='", "'>年报</a>"),
    "attributes": counted("a#='1' ", "<div ", ">"),
    "attributes with tags in them": counted("a#='<' ", "<div ", ">"),
    "anchors": counted("<a href='/a#.html'>2022年年报#</a>"),
    "a list": counted(
        "<li><a href='/art/#.html'>县教育局2022年年度报告</a><span>2023-01-02</span></li>", "<ul>", "</ul>"
    ),
    "lists of one": counted("<ul><li><a href='/art/#.html'>公开#</a></li></ul>"),
    "a table": counted(
        "<tr><td>1</td><td><a href='/#.html'>年报</a></td><td>2020-01-01</td></tr>", "<table>", "</table>"
    ),
    "options": counted("<option value='/o#.html'>2022年</option>", "<select>", "</select>"),
    "things to press": counted("<li onclick='go(#)'>年报#</li>"),
    "next and next": times("<a href='javascript:go(2)'>下一页</a>", "<div class=page>"),
    "the word that begins a total": times("共<"),
    "totals with blanks": times("共 "),
    "digits": times("1"),
    "parts of dates": times("2020-"),
    "blanks": times(" \n", "<p>共", "页"),
    "entities": times("&nbsp;"),
    "open lists of data": times("[", ""),
    "open objects of data": times('{"a":', ""),
    "rows of data": counted('{"title":"2022年年报","url":"/#.html"},', '{"rows":[', "{}]}"),
    "a menu in a script": counted("{name:'2022年年报',url:'/#.html',id:#,pId:1},", "<script>var z=[", "]</script>"),
    "functions": counted("function f#(){location='/x#'}", "<script>", "</script>"),
    "texts that are joined": times("a+='x';", "<script>var a='';", "</script>"),
    "texts that double": times("a=a+a;", "<script>var a='" + "x" * 99 + "';", "document.write(a)</script>"),
    "a script that writes": times("document.write('<a href=/x>y</a>');", "<script>", "</script>"),
    "quotes": times("\\'", "<script>var x='", "</script>"),
    "frames": counted("<iframe src='/f#'></iframe>"),
    "forms": counted("<form action='/f#'><input name=a value=b></form>"),
    "fields": counted("<input name=a# value=b>", "<form action=/s>", "</form>"),
    "headings": times("<h2>政府信息公开年报</h2><p>x</p>"),
    "pictures": counted("<img src='/i#.jpg'>", "<div class=content>", "</div>"),
    "records": times("<record><![CDATA[<a href='/a.html'>年报</a>]]></record>", "<datastore>", "</datastore>"),
    "cookies": times("document.cookie=", "<script>", "</script>"),
}
