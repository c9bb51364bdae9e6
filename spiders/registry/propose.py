"""Proposal: a registry entry for a portal nobody has entered yet, from one of its pages. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml import html

from archive.divisions import by_code, named_at_start
from spiders.addresses import is_unsafe_literal
from spiders.families import fingerprint
from spiders.pages.fetch import absolute, host_of
from spiders.pages.listing import is_file
from spiders.registry.national import listed, sub_hosts
from spiders.registry.write import quoted
from spiders.words.menus import rank
from spiders.words.titles import judge

_ANNUAL = 80
_SIMULATED = "990001"
"""The division of a portal on loopback: a place that does not exist."""
_ARTICLE = re.compile(r"\d{4,}[^/]*\.\w{2,5}$|[?&]\w*id=\d+")
"""An address that is rather one article's than a column's."""
_SITE_WORDS = re.compile(r"(?:政府)?(?:门户|官方)?网站?(?:首页)?$|^欢迎(?:访问|光临)|首页$|政务?网$")


def propose(text: str, url: str) -> str:
    """A ``[[portal]]`` entry in TOML for the page `text` found at `url`; what the page does not tell stays empty.

    The division comes from the page's ``SiteIDCode`` (its first six digits), else from the site's name. Check it:
    templates get copied.
    """
    tree = html.document_fromstring(text if text.strip() else "<html></html>")
    host = host_of(url)
    bare = host.removeprefix("www.")
    known = listed(host)
    name = _name(tree) or (known.name if known else host)
    simulated = is_unsafe_literal(url, simulated=False)
    division = re.sub(r"\D.*", "", _meta(tree, "SiteIDCode"))[:6] or _division_of(name)
    if by_code(division) is None or simulated:
        division = _SIMULATED if simulated else known.division if known else ""
    hosts = dict.fromkeys((host, bare, _with_www(bare), *sub_hosts(bare)))
    lines = [
        "[[portal]]",
        f"id = {quoted(_identifier(bare))}",
        f"name = {quoted(name)}",
        f"division = {quoted(division if len(division) == 6 else '')}"
        + ("" if division else "  # GB/T 2260, not told"),
        f"level = {quoted(level_of(division, name))}",
        f"hosts = [{', '.join(map(quoted, hosts))}]",
        f"family = {quoted(fingerprint.family(text, url))}",
        'status = "unverified"',
        *(["simulated = true"] if simulated else []),
        "[[portal.start]]",
        *_start(tree, url),
    ]
    return "\n".join(lines) + "\n"


def level_of(division: str, name: str) -> str:
    """The level a GB/T 2260 code and a name tell: province, city, county, district or functional_zone."""
    if re.search(r"开发区|示范区|高新区|管委会|管理委员会", name):
        return "functional_zone"
    if division.endswith("0000"):
        return "province"
    if division.endswith("00"):
        return "city"
    return "district" if re.search(r"(?<!自治)区(?:人民政府)?$", name) else "county"


def _division_of(name: str) -> str:
    """The code of the one place that `name` begins with; empty where it names none or several share the name."""
    found = named_at_start(name)
    return found.code if found else ""


def _start(tree: html.HtmlElement, url: str) -> list[str]:
    texts = (("".join(one.itertext()).strip(), absolute(url, one.get("href") or "")) for one in tree.iter("a"))
    columns = ((text, found) for text, found in texts if found and judge(text).kind in ("column", "other"))
    # Never one article: its title is a report's, or its address a file's.
    ranked = [(rank(text, found), found) for text, found in columns if _same_site(found, url) and not is_file(found)]
    best = max(ranked, default=(0, url), key=lambda one: one[0])
    if best[0] >= _ANNUAL:
        return [f"url = {quoted(best[1])}", 'role = "annual_root"']
    role = "annual_root" if rank("", url) >= _ANNUAL and not _ARTICLE.search(url) else "home"
    return [f"url = {quoted(url)}", f'role = "{role}"']


def _name(tree: html.HtmlElement) -> str:
    name = _meta(tree, "SiteName")
    if not name:
        titles = tree.xpath("//title//text()")
        name = re.split(r"[-_|—>]", "".join(titles))[-1].strip() if titles else ""
    return _SITE_WORDS.sub("", name.strip()) or name


def _meta(tree: html.HtmlElement, name: str) -> str:
    wanted = name.lower()
    values = (meta.get("content") or "" for meta in tree.iter("meta") if (meta.get("name") or "").lower() == wanted)
    return next((value.strip() for value in values if value.strip()), "")


def _identifier(host: str) -> str:
    """``jiaxiang`` for jiaxiang.gov.cn, ``liaocheng_slj`` for slj.liaocheng.gov.cn."""
    labels = re.sub(r"(?:\.gov)?(?:\.(?:cn|com|net|org))+$", "", host.partition(":")[0]).split(".")
    return re.sub(r"[^a-z0-9_]", "_", "_".join(reversed(labels)).lower())


def _with_www(host: str) -> str:
    return f"www.{host}" if host.removesuffix(".gov.cn").count(".") == 0 and host.endswith(".gov.cn") else host


def _same_site(first: str, second: str) -> bool:
    return urlsplit(first).netloc.removeprefix("www.") == urlsplit(second).netloc.removeprefix("www.")
