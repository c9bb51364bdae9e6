"""http and https of one host are one place: where one cannot be had the other is used for the rest of the visit."""

from __future__ import annotations

from dataclasses import dataclass, field

from spiders.pages.fetch import host_of

_OTHER = {"http": "https", "https": "http"}


@dataclass
class Schemes:
    """What is known of the schemes of each host in one visit."""

    _good: dict[str, str] = field(default_factory=dict)
    _lost: set[tuple[str, str]] = field(default_factory=set)

    def answered(self, url: str) -> None:
        """Something came from there, whatever it was."""
        self._good.setdefault(host_of(url), url.partition(":")[0])

    def has_answered(self, url: str) -> bool:
        """Has the host answered by this scheme?"""
        return self._good.get(host_of(url)) == url.partition(":")[0]

    def is_other(self, url: str) -> bool:
        """Has the host answered by the other scheme? Then this one is tried once only."""
        return self._good.get(host_of(url), url.partition(":")[0]) != url.partition(":")[0]

    def lose(self, url: str) -> str | None:
        """`url` cannot be had. The same by the other scheme, None where that is lost too."""
        scheme, host = url.partition(":")[0], host_of(url)
        self._lost.add((scheme, host))
        return None if (_OTHER[scheme], host) in self._lost else self.swapped(url)

    def usable(self, url: str) -> str:
        """`url` by the scheme that can be had."""
        scheme, host = url.partition(":")[0], host_of(url)
        lost = (scheme, host) in self._lost and (_OTHER.get(scheme, ""), host) not in self._lost
        return self.swapped(url) if lost else url

    @staticmethod
    def swapped(url: str) -> str:
        """The same address by the other scheme."""
        scheme, colon, rest = url.partition(":")
        return f"{_OTHER.get(scheme, scheme)}{colon}{rest}"
