"""Fingerprints: which publishing system made a page. Pure.

One ordered table; the first match is the best guess. Addresses of other hosts on the page do not count: county pages
link to sites of every make. Tags are evidence, not truth: templates get copied.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from spiders.pages.markup import anchors

# (family, what must all be found). Order is from the most telling to the least.
_SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("gkmlpt", (r"window\._CONFIG", r"gkmlpt")),
    ("gkmlpt", (r"/gkmlpt/(?:index|content|api|guide)",)),
    ("nfcms", (r"NFCMS_(?:POST|SITE|CATEGORY)_ID|/content/m?post_\d+",)),
    ("jpaas", (r"queryData=[\"']\{\s*'webId'|jpaas-publish-server",)),
    ("hanweb", (r"dataproxy\.jsp|module/xxgk/|/module/(?:web/)?jpage/",)),
    ("hanweb", (r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html|/col/col\d+/",)),
    (
        "vsb",
        (r"vsbscreen|_vsb|vsb_content|/system/_content/|/info/\d+/\d+\.htm|urltype=tree\.TreeTempUrl|wbtreeid=\d+",),
    ),
    (
        "ucap",
        (
            r"UCAP-?CONTENT|UCAPTITLE|/(?:common/)?search(?:List)?/[0-9a-f]{32}|/c\d{5,6}[a-z]?/\d{6}/"
            r"|/c\d{5,6}[a-z]?/\w+\.shtml|name=[\"']channelId[\"'] content=[\"'][0-9a-f]{32}",
        ),
    ),
    ("lonsun", (r"/public/column/\d+|/site/label/8888|/public/\d{4,}/\d+\.html|j-fontContent",)),
    ("openness", (r"/Openness\w*/|/openness/\w|/(?:News|Xxgk\w*|Policy\w*)/show(?:List)?/\d+",)),
    ("channel_doc", (r"/channel_[\w.]+/doc_[0-9a-f]{24}|/channel_(?:\w_\w+|[0-9a-f]{24})(?:/|[\"'])",)),
    (
        "trs",
        (
            r"createPage(?:HTML)?\(|/t\d{8}_\d+\.s?html?|TRS_(?:Editor|UEDITOR)|trs_editor_view|\./t\d{6,8}_?\d*\.s?html?|\blistModel\(",
        ),
    ),
)
_PATTERNS = tuple((family, tuple(re.compile(sign, re.I) for sign in signs)) for family, signs in _SIGNS)
_ADDRESS = re.compile(r"https?:\\?/\\?/([^\s/\"'<>\\]+)[^\s\"'<>]*", re.I)
_SHELL = re.compile(
    r"<div[^<>]+id=[\"'](?:app|root|main)[\"'][^<>]*>\s{0,200}(?:<[^<>]{1,300}>\s{0,200}){0,20}</div>", re.I
)


def families(text: str, url: str) -> tuple[str, ...]:
    """Every family whose signs stand on the page `text` or in its address, best first; empty where none do."""
    seen = f"{url}\n{_own(text, url)}"
    found = dict.fromkeys(family for family, signs in _PATTERNS if all(sign.search(seen) for sign in signs))
    if not found and is_shell(text):
        return ("browser",)
    return tuple(found)


def family(text: str, url: str) -> str:
    """The best guess, ``generic`` where no sign is found."""
    return next(iter(families(text, url)), "generic")


def is_shell(text: str) -> bool:
    """A page that scripts must fill: an empty mount point, scripts, hardly a link."""
    return bool(_SHELL.search(text)) and "<script" in text.lower() and anchors(text, 2) <= 2


def _own(text: str, url: str) -> str:
    """`text` without the addresses of other hosts."""
    own = _bare(urlsplit(url).netloc)
    return _ADDRESS.sub(lambda found: found[0] if _bare(found[1]) == own else "", text)


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.").partition(":")[0]
