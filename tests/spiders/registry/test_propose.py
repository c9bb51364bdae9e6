"""Proposals: accepted as they stand, never rooted at one article."""

from __future__ import annotations

import tomllib

from spiders.registry.fields import read_portal
from spiders.registry.propose import propose


def test_the_proposal_is_accepted_as_it_stands() -> None:
    article = "<a href='/a/1.html'>嘉祥县科技局2022年政府信息公开工作年度报告</a>"
    for address, simulated in (("http://www.jiaxiang.gov.cn/", False), ("http://127.0.0.1:8000/", True)):
        text = propose(f"<html><title>首页</title>{article}</html>", address)
        portal = read_portal(tomllib.loads(text)["portal"][0], "proposal")
        assert (portal.simulated, portal.start[0].url, portal.start[0].role) == (simulated, address, "home")
