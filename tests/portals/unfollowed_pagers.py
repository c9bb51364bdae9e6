"""Lists whose further pages a plain reading cannot follow: each shows that there is more, in its own way."""

from __future__ import annotations

from tests.portals.other_platforms import AGENCIES, row, title
from tests.portals.simulator import Simulator, html

SIGNS = {
    "a silent next": "<div class='pager'><a href='javascript:;'>下一页</a></div><script src='/js/app.js'></script>",
    "a position": "<div class='pager'><li><span>1/4</span></li></div>",
    "a total in words": "<p>共 56 条</p>",
    "a total in an attribute": "<input type='hidden' totalpage='4'>",
    "a plugin": "<div id='p'></div><script>$('#p').pagination('setPage', 1, 4)</script>",
    "a closed postback": "<a href=\"javascript:__doPostBack('Pager1','2')\">下一页</a>",
    "numbers alone": "<ul class='pagination'><li>1</li><li>2</li><li>3</li></ul><script src='/js/app.js'></script>",
    "load more": "<div class='more-btn'>加载更多</div><script src='/js/app.js'></script>",
}


class UnfollowedPortal(Simulator):
    """Five reports can be read; the sign says that there are more."""

    def __init__(self, sign: str) -> None:
        super().__init__("generic", "/xxgk/nb/")
        rows = []
        for number in range(5):
            path = f"/xxgk/nb/content/{30000 + number}.html"
            self.add_report(path, AGENCIES[number], 2022)
            rows.append(row(path, title(AGENCIES[number], 2022)))
        self.site.page(self.start, html(f"<ul>{''.join(rows)}</ul>{SIGNS[sign]}"))
        self.site.page("/js/app.js", "bind()", content_type="application/javascript")
