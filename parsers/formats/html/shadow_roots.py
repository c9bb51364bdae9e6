"""Shadow roots that a page declares (`<template shadowrootmode>`): what a browser shows of the element around them.

It shows the template's content; of the element's own children only those for which the template has a slot.
"""

from __future__ import annotations

from lxml import etree


def open_shadow_roots(root: etree._Element) -> None:
    """Turn each such template into a box of the page, and hide what has no slot in it."""
    for template in list(root.iter("template")):
        host = template.getparent()
        if host is None or template.get("shadowrootmode") not in ("open", "closed"):
            continue
        slots = {slot.get("name") or "" for slot in template.iter("slot")}
        if "" not in slots:
            host.text = template.tail = None
        for child in host:
            if child is template:
                continue
            if (child.get("slot") or "") not in slots:
                child.set("hidden", "")
            if "" not in slots:
                child.tail = None
        template.tag = "div"
