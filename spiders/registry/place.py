"""Which portals of the registry lie in a province, city or county, and are of a level."""

from __future__ import annotations

from dataclasses import dataclass

from spiders.portal import Portal


@dataclass(frozen=True, slots=True)
class Place:
    """`code`: the first two to six digits of a GB/T 2260 code; `level` as the registry has it. None: any."""

    code: str | None = None
    level: str | None = None

    def holds(self, portal: Portal) -> bool:
        """Does the portal lie in the place, and is it of the level?"""
        inside = self.code is None or portal.division.startswith(self.code)
        return inside and self.level in (None, portal.level)


EVERYWHERE = Place()
