"""Files that operating systems leave in archives."""

from __future__ import annotations

_LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini", "~$")


def is_litter(name: str) -> bool:
    """Files that operating systems leave in archives."""
    path = name.lower().replace("\\", "/")
    last = path.rpartition("/")[2]
    return not last or path.startswith("__macosx/") or last.startswith("._") or last.startswith(_LITTER)
