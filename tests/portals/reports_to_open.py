"""Articles whose report a person must open: files behind calls, viewers, frames, pages on the way, pictures, parts."""

from __future__ import annotations

from collections.abc import Callable

from harvester.sample.server import Answer, Asked
from tests.portals.other_platforms import AGENCIES, row, title
from tests.portals.simulator import Simulator, html, report

PDF = b"%PDF-1.4\n% simulated\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n simulated"
YEAR = 2022

Way = Callable[["OpenedPortal", str, str], str]
"""Puts up what hangs on the article at a path, and gives the article's body; the second text is a name for the file."""


def _file(portal: OpenedPortal, path: str) -> str:
    portal.site.file(path, PDF + path.encode(), "application/pdf")
    portal.reports.add(path)
    return path


def called(call: str, script: str = "", address: str = "/upload/{}.pdf") -> Way:
    """A link that runs `call`; ``{}`` stands for the file's own name."""

    def way(portal: OpenedPortal, _: str, name: str) -> str:
        _file(portal, address.format(name))
        code = call.format(name).replace('"', "&quot;")
        return f"<script>{script}</script><p><a href='javascript:;' onclick=\"{code}\">点击下载附件</a></p>"

    return way


def written(body: str, address: str = "/upload/{}.pdf") -> Way:
    """A body in which ``{}`` stands for the file's own name."""

    def way(portal: OpenedPortal, _: str, name: str) -> str:
        _file(portal, address.format(name))
        return body.replace("{}", name)

    return way


def frame_with_the_text(portal: OpenedPortal, path: str, name: str) -> str:
    inner = f"/frames/{name}.html"
    portal.site.page(inner, html(report(portal.agency(path), YEAR)))
    portal.reports.add(inner)
    return f"<iframe src='{inner}' width='100%'></iframe><iframe src='/visitcount.html'></iframe>"


def page_on_the_way(portal: OpenedPortal, _: str, name: str) -> str:
    _file(portal, f"/upload/{name}.pdf")
    portal.site.page(f"/fileview/{name}", html(f"<div><a href='/upload/{name}.pdf'>下载</a></div>"))
    return f"<p>详见附件：<a href='/fileview/{name}'>年度报告全文</a></p>"


def pictures_in_a_box(portal: OpenedPortal, _: str, name: str) -> str:
    shown = ""
    for number in (1, 2):
        path = f"/upload/{name}_{number}.png"
        portal.site.file(path, PNG + path.encode(), "image/png")
        portal.reports.add(path)
        shown += f"<p><img src='/images/loading.gif' data-original='{path}'></p>"
    return f"<div class='con'>{shown}</div><div class='footer'><img src='/upload/qr.png'></div>"


def cut_into_pages(portal: OpenedPortal, path: str, _: str) -> str:
    second = path.replace(".html", "_2.html")
    portal.site.page(second, html(f"<div id='zoom'>{report(portal.agency(path), YEAR)}</div>"))
    portal.reports.add(second)
    links = f"<span>1</span><a href='{second}'>2</a><a href='{second}'>下一页</a>"
    return f"<p>一、总体情况</p><div class='page'>{links}</div>"


def by_form(portal: OpenedPortal, _: str, name: str) -> str:
    portal.site.dynamic["/file/get.do"] = portal.sent
    portal.reports.add(f"/file/get.do?__wb_method=POST&fileId={name}")
    return (
        "<script>function down3(id) { document.getElementById('fileId').value = id; document.f3.submit() }</script>"
        "<form name='f3' method='post' action='/file/get.do'><input type='hidden' name='fileId' id='fileId'></form>"
        f"<p><a href=\"javascript:down3('{name}')\">附件下载</a></p>"
    )


OPEN_WITH_ID = "function openFile(id) { window.open('/file/show?id=' + id) }"
WAYS: dict[str, Way] = {
    "PDFObject": written("<div id='v'></div><script>PDFObject.embed('/upload/{}.pdf', '#v')</script>"),
    "a viewer's query": written("<iframe src='/pdfjs/web/viewer.html?file=/upload/{}.pdf'></iframe>"),
    "a viewer's hash": written("<iframe src='/pdfjs/web/viewer.html#/upload/{}.pdf'></iframe>"),
    "data-pdf": written("<div class='pdf' data-pdf='/upload/{}.pdf'></div><script>show()</script>"),
    "var pdfUrl": written("<div id='v'></div><script>var pdfUrl = '/upload/{}.pdf'; render(pdfUrl)</script>"),
    "var pdfUrl without an ending": written("<script>var pdfUrl = '/upload/{}';</script>", "/upload/{}"),
    "JSON filePath": written(
        '<script>var files = [{"fileName": "年报.pdf", "filePath": "/upload/get/{}"}];</script>', "/upload/get/{}"
    ),
    "openFile of an address": called("openFile('/upload/{}.pdf')"),
    "any function with a name": called("zk9('{}.pdf')", address="/xxgk/nb/{}.pdf"),
    "a function that makes the address": called("openFile('{}')", OPEN_WITH_ID, "/file/show?id={}"),
    "an object without an ending": written(
        "<object data='/file/stream/{}' type='application/pdf'></object>", "/file/stream/{}"
    ),
    "an embed": written("<embed src='/file/stream/{}'>", "/file/stream/{}"),
    "a frame that a script fills": written(
        "<iframe id='f'></iframe><script>document.getElementById('f').src = '/upload/{}.pdf'</script>"
    ),
    "a form": by_form,
    "a frame with the text": frame_with_the_text,
    "a page on the way": page_on_the_way,
    "pictures in a box": pictures_in_a_box,
    "an article cut into pages": cut_into_pages,
    "a plain file": written("<p>附件：<a href='/upload/{}.pdf'>年报.pdf</a></p>"),
    "a lazy frame": written("<iframe data-src='/upload/{}.pdf' src='about:blank'></iframe>"),
}


class OpenedPortal(Simulator):
    """One article for each of `ways`."""

    def __init__(self, ways: dict[str, Way] = WAYS) -> None:
        super().__init__("generic", "/xxgk/nb/")
        rows = ""
        self.decoys |= {"/visitcount.html", "/upload/qr.png", "/images/loading.gif"}
        self.articles: dict[str, str] = {}
        for number, (named, way) in enumerate(ways.items()):
            path = f"/xxgk/nb/{80000 + number}.html"
            self.articles[named] = path
            heading = title(self.agency(path), YEAR)
            rows += row(path, heading)
            body = way(self, path, f"f{number:03}")
            self.site.page(path, html(f"<h1>{heading}</h1><div id='zoom'>{body}</div>", heading))
            self.reports.add(path)
        self.site.page(self.start, html(f"<ul>{rows}</ul>"))

    @staticmethod
    def agency(path: str) -> str:
        return AGENCIES[int(path.rpartition("/")[2].partition(".")[0].partition("_")[0]) % 10]

    def sent(self, asked: Asked) -> Answer:
        """A file by POST."""
        name = asked.body.decode().partition("=")[2]
        return Answer(PDF + name.encode(), content_type="application/pdf")
