"""Is a page that seems to hold nothing wholly understood? Nobody is told to have published an empty page without it."""

from __future__ import annotations

from archive.store import Store
from archive.warc import WarcError
from spiders.pages.attachments import find, pages_on_the_way, unread_signs
from spiders.pages.fetch import Fetch
from spiders.pages.page import Page

NOT_UNDERSTOOD = "not_understood"
EMPTY = ("placeholder", "blank_template")
TEMPLATE = "{{"
"""Where a script puts its values: the page as archived is not what a visitor sees."""


def wholly_read(store: Store, sha256: str, url: str, kind: str, reason: str | None) -> tuple[str, str | None]:
    """Kind and reason of a document; an empty page that has a frame, a file, a picture or a script's text is unread."""
    if (reason or "").partition(":")[0] not in EMPTY:
        return kind, reason
    try:
        body = store.content(sha256)
    except WarcError as error:
        return "unreadable", f"unavailable: {error}"
    page = Page(Fetch(url), url, 200, "", body)
    if not page.is_html:
        return kind, reason
    signs = [sign for sign in (unread_signs(page),) if sign]
    signs += ["a file"] if find(page) else []
    signs += ["a page on the way to it"] if pages_on_the_way(page) else []
    signs += ["a script's template"] if TEMPLATE in (reason or "") else []
    return ("unreadable", f"{NOT_UNDERSTOOD}: {', '.join(signs)}") if signs else (kind, reason)
