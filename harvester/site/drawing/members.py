"""Files inside containers (ZIP, RAR, MHT …): the bytes of one member, found the way the reader finds them."""

from __future__ import annotations

from parsers import formats


def member(data: bytes, path: str) -> bytes:
    """The bytes of the member at `path`; ``!`` goes into containers inside containers. Raises KeyError without one."""
    for name in path.split("!"):
        known = formats.recognise(data)
        if known is None or known.members is None:
            raise KeyError(f"{name}: not inside a container")
        data = next((content for found, content in known.members(data) if found == name), b"")
        if not data:
            raise KeyError(name)
    return data
