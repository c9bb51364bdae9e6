"""PortalSpider: one portal, walked from its start addresses to the last attachment.

How the pieces fit
------------------
One spider instance is one portal. `PortalSpider.start` runs the walk (spiders/walker.py): start addresses → columns →
pages of lists → items → article pages → attachments. Requests go out one after another through Scrapy's downloader
(`engine.download_async`), so a portal never has two requests in flight; robots, delays, budgets, retries, redirects and
challenges are downloader middlewares (harvester/middlewares). What is worth keeping is yielded as a `Capture`
(spiders/capture.py) and written by the item pipeline: bytes first, row second. What went wrong is an event.

How a family plugs in
---------------------
`spiders/<family>.py` holds one subclass of `Family` (spiders/family.py has the table of questions it answers). It reads
pages (`spiders.page.Page`: `text`, `tree`, `links`, `json`) and names the next requests (`spiders.fetch.Fetch`); it
never fetches. Nothing is registered anywhere: the name of the module is the name in the registry.

The walk leans on five pure modules::

    spiders/titles.py        judge(title: str, column: str | None = None) -> Judgement(kind, year, agency, scope)
                             kind: "report" | "maybe" | "lookalike" | "column" | "other"
    spiders/challenge.py     recognise(status: int, headers: Mapping[str, str], body: bytes) -> str | None
                             kind of a block page, headers with lower-case names (several cookies joined by newlines)
    spiders/softerror.py     recognise(text: str) -> str | None: why a 200 page is not what was asked for
    spiders/attachments.py   find(page: Page) -> tuple[Attachment(url, name), ...]
    spiders/fingerprint.py   families(text: str, url: str) -> tuple[str, ...]: every family whose signs are on the page, best first
    spiders/discovery.py     columns(page: Page) -> tuple[Entry, ...]: links of a home page (or menu page) that lead to annual-report
                             columns, best first, titles as printed; the walk fetches them within its budget
"""
