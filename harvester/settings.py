"""Scrapy's settings. A polite guest by default; a portal's own limits are laid over them (harvester/crawl/stage.py)."""

from __future__ import annotations

from archive.codings import LARGEST
from harvester.contact import user_agent
from spiders.walk.politeness import PRODUCT

BOT_NAME = PRODUCT
SPIDER_MODULES = ["spiders.portal_spider"]
USER_AGENT = user_agent()

# One guest, one request at a time.
CONCURRENT_REQUESTS = 4
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 2.0
DOWNLOAD_DELAY_JITTER = 0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_MAX_DELAY = 60.0

TWISTED_REACTOR_ENABLED = False  # plain asyncio: less CPU a page, and nothing global is installed

# What one answer may cost.
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = LARGEST
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = False  # a cut body comes back flagged, so that its size can be recorded
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False  # spiders/pages/redirect_pages.py follows within the portal only
COOKIES_ENABLED = True
TELNETCONSOLE_ENABLED = False

# Each of these replaces one of Scrapy's own, or says what Scrapy leaves open.
ROBOTSTXT_OBEY = False
RETRY_ENABLED = False
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "harvester.crawl.middlewares.cookies.Cookies": 700,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    "harvester.crawl.middlewares.hosts.OwnHosts": 50,
    "harvester.crawl.middlewares.robots.Robots": 100,
    "harvester.crawl.middlewares.budget.Budget": 150,
    "harvester.crawl.middlewares.conditional.Conditional": 450,
    "harvester.crawl.middlewares.patience.Retry": 560,
    "harvester.crawl.middlewares.redirects.Redirects": 570,
    "harvester.crawl.middlewares.challenges.Challenges": 575,
    "harvester.crawl.middlewares.compression.Compression": 590,
    "harvester.crawl.middlewares.wire.Wire": 880,
}
# The walk asks and counts for itself (spiders/walk/account.py): nothing passes through Scrapy's own stages for that.
SPIDER_MIDDLEWARES_BASE = {"scrapy.spidermiddlewares.referer.RefererMiddleware": 0}  # redirects ask for it
EXTENSIONS_BASE = {"scrapy.extensions.throttle.AutoThrottle": 0}
EXTENSIONS = {"harvester.crawl.scrapy_extensions.DelayAfterResponse": 1}
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"
DOWNLOAD_HANDLERS = {
    "http": "harvester.crawl.transport.Transport",
    "https": "harvester.crawl.transport.Transport",
    "file": None,
    "ftp": None,
    "s3": None,
    "data": None,
}

# Measured: one hundred asyncio tasks for each response by default; four do.
CONCURRENT_ITEMS = 4
LOG_LEVEL = "WARNING"
LOG_FORMATTER = "harvester.crawl.scrapy_extensions.SilentLogFormatter"
STATS_DUMP = False
