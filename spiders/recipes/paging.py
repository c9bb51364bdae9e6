"""What changes from the request for page one to that for page two: that is what pages a list. Pure.

Requests are compared as text, number by number: whatever stands between the numbers must be the same. So it does not
matter whether the page is named in the path, the query, a form, JSON, or JSON within a query.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from urllib.parse import urlsplit

from spiders.pages.fetch import Fetch

_NUMBERS = re.compile(r"(\d+)")
_PLACE = re.compile(r"\{(\d+)([+-]\d+)\}")
_LONGEST = 9
"""Digits of a number that may count pages or rows; longer ones are times, ids and dice, and stay as they were."""
_CLOCK = re.compile(
    r"(?:^|(?<=[?&]))(_|t|ts|time|timestamp|rnd|rand|random|r|v|nocache|callback|jsonp\w*|cb)=([^&]*)", re.I
)
"""Parameters that only keep an answer out of caches, or name the function of a JSONP answer."""


class NotPaged(Exception):
    """The requests differ in more than numbers (a token, a signature): they cannot be written down beforehand."""


@dataclass(frozen=True, slots=True)
class Template:
    """Address and body of page one, with ``{first+step}`` where a page's number stands."""

    url: str
    body: str


def fill(text: str, number: int) -> str:
    """A template for logical page `number`, from 1."""
    return _PLACE.sub(lambda found: str(int(found[1]) + int(found[2]) * (number - 1)), text)


def is_paged(text: str) -> bool:
    """Does the template say where the page stands?"""
    return bool(_PLACE.search(text))


def unpaged(fetch: Fetch) -> Template:
    """The request for page one as it was. Braces of a body cannot be mistaken: ``{1+1}`` stands in no JSON."""
    return Template(fetch.url, fetch.body.decode())


def template(requests: list[Fetch]) -> Template:
    """What all of `requests` (for pages one, two, three …, as far as they were seen) have in common. Raises NotPaged.

    Page one is often asked for without a number, or at an address of its own: then the others tell, if two were seen.
    """
    first, *others = requests
    if not others:
        return unpaged(first)
    try:
        return _common(requests, 1)
    except NotPaged:
        if len(others) > 1:
            return _common(others, 2)
        return _added(first, others[0])


def _common(requests: list[Fetch], number: int) -> Template:
    """The template of consecutive pages, the first of which is page `number`."""
    if len({(one.method, urlsplit(one.url).netloc) for one in requests}) > 1:
        raise NotPaged("another method or host")
    made = Template(
        _paged([one.url for one in requests], number), _paged([one.body.decode() for one in requests], number)
    )
    if not is_paged(made.url) and not is_paged(made.body):
        raise NotPaged("page one and page two are asked for alike")
    return made


def _paged(texts: list[str], number: int) -> str:
    clocks = dict(_CLOCK.findall(texts[0]))
    pieces = [_NUMBERS.split(_CLOCK.sub(partial(_as_first, clocks), text)) for text in texts]
    if len({tuple(one[::2]) for one in pieces}) > 1:
        raise NotPaged("more than numbers differs")
    columns = list(zip(*(one[1::2] for one in pieces), strict=True))
    written = [_place([*values], number) for values in columns]
    texts_between = pieces[0][::2]
    return "".join(text + place for text, place in zip(texts_between, [*written, ""], strict=True))


def _place(values: list[str], number: int) -> str:
    """One number of the request: as it is where it never changes, else where it begins and how it grows."""
    if len(set(values)) == 1 or max(map(len, values)) > _LONGEST:
        return values[0]
    steps = {int(later) - int(earlier) for earlier, later in pairwise(values)}
    if len(steps) > 1:
        raise NotPaged("a number that does not grow evenly")
    step = steps.pop()
    return f"{{{int(values[0]) - step * (number - 1)}{step:+d}}}"


def _added(first: Fetch, second: Fetch) -> Template:
    """Page two is asked for with one thing more (``&page=2``): page one is believed to be its page 1."""
    if first.method != second.method:
        raise NotPaged("another method")
    told = _only_number(first.url, second.url), _only_number(first.body.decode(), second.body.decode())
    if not any(is_paged(one) for one in told):
        raise NotPaged("page one and page two are asked for in different ways")
    return Template(*told)


def _only_number(first: str, second: str) -> str:
    """`second` with the one number 2 that stands in what `first` has not, as a place. Raises NotPaged."""
    had = re.split("[?&]", first)
    parts = [(part, part not in had) for part in re.split("([?&])", second)]
    if not set(had) <= {part for part, _ in parts} | {""}:
        raise NotPaged("page one and page two are asked for in different ways")
    told = [part for part, is_new in parts if is_new and part not in "?&"]
    twos = [part for part in told if _NUMBERS.findall(part) == ["2"]]
    if len(twos) != 1:
        return second
    return "".join(_NUMBERS.sub("{1+1}", part) if is_new and part == twos[0] else part for part, is_new in parts)


def _as_first(clocks: dict[str, str], found: re.Match[str]) -> str:
    """A parameter against caches with the value that page one had."""
    return f"{found[1]}={clocks.get(found[1], found[2])}"
