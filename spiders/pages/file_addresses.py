"""What looks like a file: endings, the ways systems serve downloads, names. Pure."""

from __future__ import annotations

import re

from lxml import html

EXTENSIONS = r"\.(?:pdf|docx?|docm|dot|wps|wpt|rtf|xlsx?|et|csv|ofd|ceb|zip|rar|7z|mht|mhtml|tiff?|txt)"
FILE = re.compile(rf"{EXTENSIONS}(?:$|[?#&])", re.I)
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|bmp|webp)(?:$|[?#])", re.I)
ENDPOINT = re.compile(
    r"/(?:\w*(?:file|attach\w*|annex|doc|pdf|_))?down_?(?:load)?(?:_?(?:file|attach|annex|doc|pdf|url|s))*"
    r"(?:[/?]|\.(?:do|action|aspx?|php|jspx?|ashx)\b|$)"
    r"|[?&](?:method|action|cmd|op|do|act)=\w*down\w*|DownloadAttachUrl|virtual_attach_file"
    r"|/attachments?/|/attach/|/resources/public/|/[PW]0\d{12,}",
    re.I,
)
"""Addresses that answer with a file whatever they end in."""


def is_named_like_a_file(element: html.HtmlElement) -> bool:
    """Does the element show, or keep a download under, a name with a document's ending?"""
    shown = "".join(element.itertext()) if len(element) else element.text or ""
    named = element.get("download")
    return bool((named and FILE.search(named)) or ("." in shown and FILE.search(shown.strip())))
