"""Fingerprints on the addresses and sources seen on portals, and the registry entries proposed from them."""

from __future__ import annotations

import tomllib

import pytest

from spiders.families.fingerprint import families, family
from spiders.registry.propose import level_of, propose

HOST = "http://www.example.gov.cn"
ID24, ID32 = "5f9f6a3dc916f710ccee90e4", "0ac34e0ac34e0ac34e0ac34e0ac34e0a"

SIGNS = [
    ("/gkmlpt/index", "<script>window._CONFIG = {SID:'755041'}</script>", "gkmlpt"),
    ("/zwgk/zfxxgknb/index.html", "<a href='/zwgk/zfxxgknb/content/post_8780034.html'>x</a>", "nfcms"),
    ("/col/col1/index.html", "<div queryData=\"{'webId':'3185'}\" url='/api-gateway/jpaas-publish-server/x'>", "jpaas"),
    ("/x/", "<script>'/module/web/jpage/dataproxy.jsp?page=1'</script>", "hanweb"),
    ("/module/xxgk/xxgkAnnualReport.jsp?area=1&fbtime=2022", "", "hanweb"),
    ("/art/2023/1/30/art_61566_11210.html", "", "hanweb"),
    ("/zwgk/zfxxgknb.htm", "<a href='../info/1222/126681.htm'>x</a>", "vsb"),
    ("/mdj/c105122/202002/c03_849604.shtml", "", "ucap"),
    ("/x/c112289c/list.shtml", f"<meta name=\"channelId\" content=\"{ID32}\">", "ucap"),
    ("/public/column/6598771?type=4&action=list", "", "lonsun"),
    ("/public/6598771/35994956.html", "", "lonsun"),
    ("/OpennessContent/showList/1/2/page_1.html", "", "openness"),
    (f"/gongkai/site_zc/channel_c_{ID24}_n_1605684197.2009/doc_{ID24}.html", "", "channel_doc"),
    ("/channel_j_lqsrmzfmhwz_14b/", "", "channel_doc"),
    ("/zwgk/zfxxgknb/", "<script>createPageHTML(5,0,\"index\",\"html\")</script>", "trs"),
    ("/zwgk/202601/t20260130_7235211.html", "", "trs"),
    ("/zwgk/", "<div id='app'></div><script src='/app.js'></script>", "browser"),
    ("/zwgk/", "<ul><li><a href='1.html'>x</a></li></ul>", "generic"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "expected"), SIGNS)
def test_signs(path: str, text: str, expected: str) -> None:
    assert family(text, HOST + path) == expected


def test_other_hosts_do_not_count() -> None:
    far = "<a href='http://other.gov.cn/info/12/345.htm'>x</a>"
    near = "<a href='http://example.gov.cn/a/t20200101_12.html'>y</a>"
    assert families(far + near, HOST + "/") == ("trs",)


def test_several_makes_best_first() -> None:
    text = "createPageHTML(1,0) <a href='/content/post_1234.html'>x</a>"
    assert families(text, HOST + "/") == ("nfcms", "trs")


def test_a_proposal_is_a_registry_entry() -> None:
    text = (
        "<html><head><meta name='SiteName' content='嘉祥县人民政府'>"
        "<meta name='SiteIDCode' content='3708290009'></head>"
        "<body><a href='/zwgk/'>政务公开</a><a href='/zwgk/zfxxgknb/'>政府信息公开年报</a>"
        "<a href='./t20200101_1.html'>x</a></body></html>"
    )
    [portal] = tomllib.loads(propose(text, HOST + "/"))["portal"]
    assert portal == {
        "id": "example", "name": "嘉祥县人民政府", "division": "370829", "level": "county", "family": "trs",
        "hosts": ["www.example.gov.cn", "example.gov.cn", "*.example.gov.cn"], "status": "unverified",
        "start": [{"url": HOST + "/zwgk/zfxxgknb/", "role": "annual_root"}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "division"),
    [
        ("嘉祥县人民政府门户网站", "370829"),
        ("南京市鼓楼区人民政府", "320106"),
        ("鼓楼区人民政府", ""),
        ("天津市河北区人民政府", "120105"),
        ("某某公司", ""),
    ],
)
def test_the_name_tells_the_division_where_it_is_the_only_one(title: str, division: str) -> None:
    [portal] = tomllib.loads(propose(f"<html><head><title>{title}</title></head></html>", HOST))["portal"]
    assert portal["division"] == division


def test_a_bare_page_still_makes_an_entry() -> None:
    [portal] = tomllib.loads(propose("", "http://slj.example.gov.cn/"))["portal"]
    assert (portal["id"], portal["division"], portal["start"][0]["role"]) == ("example_slj", "", "home")


@pytest.mark.parametrize(
    ("division", "name", "level"),
    [
        ("370000", "山东省", "province"),
        ("370800", "济宁市", "city"),
        ("120105", "河北区", "district"),
        ("370829", "嘉祥县", "county"),
        ("419001", "济源示范区管委会", "functional_zone"),
    ],
)
def test_levels(division: str, name: str, level: str) -> None:
    assert level_of(division, name) == level
