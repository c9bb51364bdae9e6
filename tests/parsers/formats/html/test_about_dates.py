"""Where pages of the publishing systems print the date of publication."""

from __future__ import annotations

import pytest

from parsers.extract import extract

TITLE = "<h1>甲县水务局2022年政府信息公开工作年度报告</h1>"
ARTICLE = (
    "<p>一、总体情况</p><p>二、主动公开政府信息情况</p><table><tr><td>信息内容</td><td>本年制发件数</td>"
    "<td>本年废止件数</td><td>现行有效件数</td></tr><tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr></table>"
)
PRINTED = {
    "spans": f"{TITLE}<div><span>发布日期：2023-01-20 10:11</span><span>来源：甲县水务局</span></div>",
    "definition list": f"{TITLE}<dl><dt>发布日期：</dt><dd>2023-01-20</dd><dt>来源</dt><dd>甲</dd></dl>",
    "without a colon": f"{TITLE}<ul><li><span>发布时间</span> <span>2023-01-20</span></li></ul>",
    "a bare date": f"{TITLE}<div>2023-01-20 15:33</div>",
    "in brackets": f"{TITLE}<div>[2023-01-20]</div>",
    "before the source": f"{TITLE}<div>2023年01月20日 来源：甲县 浏览：12</div>",
    "a short label": f"{TITLE}<div>来源：甲县 时间：2023-01-20 点击：12</div>",
    "a card": "<table><tr><td>索引号：</td><td>123</td><td>发布机构：</td><td>甲县水务局</td></tr>"
    f"<tr><td>公开日期：</td><td>2023-01-20</td><td>文号</td><td></td></tr></table>{TITLE}",
    "a card without spaces": f"<div><span>索 引 号：123</span><span>生成日期：2023-01-19</span>"
    f"<span>公开日期：2023-01-20</span></div>{TITLE}",
    "two boxes": f"{TITLE}<div><div>发布日期</div><div>2023年1月20日</div></div>",
    "spaced": f"{TITLE}<p>发布时间：2023 年 01 月 20 日</p>",
    "written": "<table><tr><td>索引号</td><td>1</td><td>成文日期</td><td>2023年01月20日</td></tr>"
    f"<tr><td>发文机关</td><td>甲县水务局</td></tr></table>{TITLE}",
    "a meta tag": f'<meta name="PubDate" content="2023-01-20 10:00:00">{TITLE}',
    "a tag of ucap": f"<publishtime>2023-01-20 09:00:00</publishtime>{TITLE}",
    "linked data": f'<script type="application/ld+json">{{"datePublished":"2023-01-20"}}</script>{TITLE}',
    "beside a clock": f"<div>今天是2026年11月30日 星期一</div>{TITLE}<div>发布：2023-01-20</div>",
}


@pytest.mark.parametrize("name", PRINTED)
@pytest.mark.parametrize("article", ['<div class="article-content">{}</div>', "<div>{}</div>"])
def test_dates_of_publication(name: str, article: str) -> None:
    page = f"<html><head><meta charset=utf-8></head><body>{PRINTED[name]}{article.format(ARTICLE)}</body></html>"
    report = extract(page.encode()).report
    assert report is not None
    assert report.published_on == "2023-01-20"
    assert not [found for found in report.findings if found.code == "DATE-IMPOSSIBLE"]
