"""The article that gkmlpt portals carry as a JSON string in a script: ``_CONFIG.DETAIL.content``."""

from __future__ import annotations

import json
import re

EMBEDDED = "_CONFIG.DETAIL.content!"
"""Before the path of a place inside such an article."""

_DETAIL = re.compile(r"\bDETAIL[\"']?\s*[:=]")
_CONTENT = re.compile(r"[\"']?\bcontent[\"']?\s*:\s*(\"(?:[^\"\\]|\\.)*\")")


def embedded_article(script: str) -> str | None:
    """The article's HTML, None where the script has none."""
    detail = _DETAIL.search(script)
    if detail is None:
        return None
    for found in _CONTENT.finditer(script, detail.end()):
        try:
            article = json.loads(found[1], strict=False)
        except ValueError:
            continue
        if isinstance(article, str) and "<" in article:
            return article
    return None
