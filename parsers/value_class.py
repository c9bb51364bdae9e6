"""Frozen dataclasses for values of which every document has hundreds: cells, places, lines.

Python checks `frozen` when an object is made too, field by field, which is four fifths of the cost of making one. The
type checker refuses an assignment just as well, so it alone does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as value_class
else:
    from dataclasses import dataclass

    def value_class(*, frozen: bool, slots: bool) -> Any:
        """A dataclass that compares and hashes by its fields; that it stays as it is the type checker sees to."""
        return dataclass(slots=slots, unsafe_hash=frozen)


__all__ = ["value_class"]
