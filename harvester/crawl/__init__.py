"""Stage 1: Scrapy over many portals; every answer goes to the archive first."""
