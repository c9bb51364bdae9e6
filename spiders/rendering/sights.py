"""What a rendering gives: the states of a page, the requests it made, and how its list ended. Values only."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from typing import Literal

from spiders.pages.page import Page
from spiders.rendering.requests import Call

End = Literal["absent", "disabled", "unchanged", "repeated", "limit", "failed", "used"]

_BODY = re.compile(r".*?<body\b[^>]*>(.*)</body>.*", re.S | re.I)


@dataclass(frozen=True, slots=True)
class Sight:
    """One state of a rendered page. `page.rendered` is the whole document; `calls` came since the state before."""

    page: Page
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a browser shows of a list: its pages in order, why there is no further one, and what went wrong.

    `end`: absent (no control leads on), disabled (it says so), unchanged (it was used and nothing came), repeated (an
    earlier page came again), limit (as many as were asked for), failed (the page hung). `how`: by what control.
    """

    sights: tuple[Sight, ...]
    end: End
    how: str = ""
    trouble: tuple[str, ...] = ()

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages alone. `exchange` is None for a page that no request of its own brought: its data are `calls`."""
        return tuple(sight.page for sight in self.sights)

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every request that the page made, in order."""
        return tuple(call for sight in self.sights for call in sight.calls)

    @property
    def ended(self) -> bool:
        """Did the browser see the last page of the list?"""
        return self.end in ("absent", "disabled") and not self.trouble


def seen_as(first: Page, number: int, url: str, documents: list[str], calls: tuple[Call, ...]) -> Sight:
    """State `number` (from 1) of the page that began as `first`; `documents`: the page's own and those of its frames.

    Where the state came by a new document, it is that document's page; else it has no exchange of its own.
    """
    came = [call.page for call in calls if call.kind == "document" and call.page.url == url]
    origin = first if number == 1 else came[-1] if came else replace(first, exchange=None)
    fetch = replace(origin.fetch, number=first.fetch.number + number - 1, carry=first.fetch.carry)
    page = replace(origin, fetch=fetch, url=url if url.startswith("http") else first.url, rendered=joined(documents))
    return Sight(page, calls)


def with_ways(sight: Sight, ways: list[tuple[str, str]]) -> Sight:
    """The state with links to what its menus lead to, which came to light once its list had been seen to the end."""
    document = sight.page.rendered or ""
    at = document.rfind("</body>")
    if not ways or at < 0:
        return sight
    links = "".join(f'<a href="{escape(url)}">{escape(name)}</a>' for name, url in ways)
    page = replace(sight.page, rendered=f"{document[:at]}<nav>{links}</nav>{document[at:]}")
    return replace(sight, page=page)


def joined(documents: list[str]) -> str:
    """A document and its frames' as one: the bodies of all, in the first one's frame."""
    if not documents:
        return ""
    first, *others = documents
    bodies = [_BODY.sub(r"\1", document) for document in others]
    at = first.rfind("</body>")
    return first if not bodies or at < 0 else f"{first[:at]}{''.join(bodies)}{first[at:]}"
