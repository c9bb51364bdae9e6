"""Every page of the site, one module a page; `ROUTES` is what Datasette is told."""

from __future__ import annotations
