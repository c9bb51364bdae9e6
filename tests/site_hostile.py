"""Reports that try everything: markup that loads, runs, moves or forges, put around and into tables that are real.

CANARY stands for an address outside; whoever asks it was tricked.
"""

from __future__ import annotations

from html import escape
from random import Random

from harvester.sample.server import Answer
from tests.factory import docx, html, mht, ofd, pdf, rtf, text, xlsx
from tests.factory.series import series, tell
from tests.portals.generic import PlainPortal
from tests.portals.simulator import html as whole_page

CANARY = "http://CANARY"
HEADS = {
    "script": '<script src="CANARY/script.js"></script><script>parent.hacked=1;document.title="hacked"</script>',
    "refresh": '<meta http-equiv="refresh" content="0;url=CANARY/refresh">',
    "base": '<base href="CANARY/base/" target="_top"><link rel="stylesheet" href="CANARY/sheet.css">'
    '<link rel="prefetch" href="CANARY/prefetch"><link rel="preload" as="image" href="CANARY/preload.png">',
    "css": '<style>@import "CANARY/import.css";@font-face{font-family:x;src:url(CANARY/font.woff)}'
    "body{background:url(CANARY/body.png);font-family:x}td::after{content:url(CANARY/after.png)}</style>",
}
BODIES = {
    "image": '<img src="CANARY/i.png" onerror="hacked=1"><img srcset="CANARY/set.png 2x"><input type="image" src='
    '"CANARY/input.png"><picture><source srcset="CANARY/source.png"><img></picture><img src=x onerror=hacked=1>'
    '<table background="CANARY/table.png"><tr><td background="CANARY/td.png">x</td></tr></table>',
    "svg": '<svg onload="hacked=1"><script>hacked=1</script><image href="CANARY/svg.png"/><use href="CANARY/u.svg#a"/>'
    '<foreignObject><iframe src="CANARY/foreign"></iframe></foreignObject><animate onbegin="hacked=1"/></svg>',
    "mathml": '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=CANARY/math.png'
    ' onerror=hacked=1&gt;"></mglyph></table></mtext><maction actiontype="statusline" href="javascript:hacked=1">x'
    "</maction></math>",
    "frames": '<iframe src="CANARY/frame"></iframe><iframe srcdoc="&lt;script&gt;top.hacked=1&lt;/script&gt;"></iframe>'
    '<object data="CANARY/object"></object><embed src="CANARY/embed"><applet code="CANARY/a.class"></applet>'
    '<video src="CANARY/v.mp4" poster="CANARY/p.png" autoplay></video><audio src="CANARY/a.mp3" autoplay></audio>',
    "form": '<form id="f" action="CANARY/form"><input name="q" autofocus onfocus="hacked=1"><button formaction='
    '"javascript:hacked=1">go</button></form><details open ontoggle="hacked=1"><summary>x</summary></details>'
    '<body onload="hacked=1" onpageshow="hacked=1">',
    "links": '<a href="javascript:hacked=1">a</a><a href="data:text/html,&lt;script&gt;hacked=1&lt;/script&gt;">b</a>'
    '<a href=" java&#10;script:hacked=1">c</a><a href="vbscript:x">d</a><a href="CANARY/away" ping="CANARY/ping">e</a>'
    '<area href="javascript:hacked=1">',
    "style": '<p style="background:url(CANARY/style.png)">x</p><p style="behavior:url(CANARY/b.htc);-moz-binding:'
    'url(CANARY/m.xml#x);list-style-image:url(CANARY/l.png);cursor:url(CANARY/c.cur),auto">y</p>'
    '<div style="position:fixed;inset:0;z-index:99;background:red">over</div>'
    '<p style="width:e/**/xpression(hacked=1)">z</p>',
    "broken": '<noscript><p title="</noscript><img src=CANARY/noscript.png onerror=hacked=1>"></noscript>'
    "<xmp><p title='</xmp><script>hacked=1</script>'></xmp><!--><img src=CANARY/comment.png>--><![CDATA[<script>"
    'hacked=1</script>]]><template><img src="CANARY/template.png"></template><plaintext-x onclick=hacked=1>',
    "cell": '<table id="cell"><tr><td id="cell" name="body" onclick="hacked=1">1</td></tr></table>',
}
TEXT = '"><img src=x onerror=hacked=1><script>hacked=1</script>{{ 7*7 }}'
"""Markup as text: what the site's own pages must never take for markup."""

FORMATS = {
    "pdf": pdf.render, "docx": docx.render, "xlsx": xlsx.render, "rtf": rtf.render, "ofd": ofd.render,
    "mht": mht.render, "txt": text.render,
}  # fmt: skip
TYPES = {"pdf": "application/pdf", "txt": "text/plain; charset=utf-8", "rtf": "application/rtf"}
YEARS = range(2019, 2026)
BODY = "青山县财政局"


def portal(canary: str) -> PlainPortal:
    """A portal whose web pages are hostile and whose documents are of every format."""
    made = PlainPortal(0)
    hostile = series(BODY, YEARS, 20, "hostile")
    parts = [part.replace("CANARY", canary) for part in BODIES.values()]
    heads = [part.replace("CANARY", canary) for part in HEADS.values()]
    for number, year in enumerate(YEARS):
        tables = html.fragment(tell(hostile[year], head=f"{hostile[year].title}"), Random(1), "plain")
        shown = "".join(parts[number::7]) + tables + f"<p>{escape(TEXT)}</p>" + "".join(parts[(number + 3) % 7 :: 7])
        _put(made, f"/xxgk/nb/content/{year}.html", f"{hostile[year].title}{escape(TEXT)}")
        made.site.page(f"/xxgk/nb/content/{year}.html", whole_page(shown, head=heads[number % len(heads)]))
    for year, (extension, render) in zip(YEARS, FORMATS.items(), strict=True):
        truth = series("青山县教育局", YEARS, 20, "formats")[year]
        path = f"/xxgk/nb/content/{extension}{year}.{extension}"
        _put(made, path, truth.title)
        type_ = TYPES.get(extension, "application/octet-stream")
        made.site.pages[path] = Answer(render(tell(truth), Random(1)), content_type=type_)
    made.lists()
    return made


def _put(portal: PlainPortal, path: str, title: str) -> None:
    portal.titles[path] = title
    portal.reports.add(path)
