"""Generic: portals without the signs of a known system: links, pagers and frames of plain HTML, old ASP sites too."""

from __future__ import annotations

import re
from typing import ClassVar

from spiders.families.family import Family


class Generic(Family):
    """Articles are known by the shapes of many small systems: a long number at the end, ``content_``, ``?id=``."""

    name = "generic"
    article: ClassVar[re.Pattern[str]] = re.compile(
        r"/(?:t|content_|art_|i|c\d+_|show[-_]?|info[-_]?|detail[-_]?|view[-_]?|post_|doc_|a)?\d{4,}\.(?:s?html?|jhtml|jsp|aspx?|php)$"
        r"|/content_\d+$|/[0-9a-f]{24,32}\.s?html?$"
        r"|(?:show|view|detail|content|article|news|info)\w*\.(?:aspx?|php|jsp|do)\?(?:.*&)?\w*id=\w+"
        r"|/\d{4}/\d{2}[-/]\d{2}/\d+\.s?html?$|content-\d+-\d+\.html$|-show-\d+\.html$",
        re.I,
    )
