"""Log lines: one a line, on stderr, as text for people or JSON for machines. Times are UTC."""

from __future__ import annotations

import json
import logging
import sys
import time

from harvester.printable import printable, printable_json

LEVELS = {-2: logging.ERROR, -1: logging.WARNING, 0: logging.INFO, 1: logging.DEBUG}
NOISY = ("scrapy", "twisted", "asyncio", "pdfminer", "charset_normalizer", "py.warnings", "urllib3", "filelock")


class JsonLines(logging.Formatter):
    """One JSON object a line: at, level, logger, message, and what was passed as ``extra={"fields": {…}}``."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return printable_json(json.dumps(line, ensure_ascii=False))


class TextLines(logging.Formatter):
    """One line for people, in which nothing from outside speaks to the terminal."""

    def format(self, record: logging.LogRecord) -> str:
        return printable(super().format(record))


def configure(log_format: str = "text", verbosity: int = 0) -> None:
    """Send everything to stderr; libraries speak only from WARNING unless everything is asked for (-vv)."""
    handler = logging.StreamHandler(sys.stderr)
    if log_format == "json":
        handler.setFormatter(JsonLines())
    else:
        formatter = TextLines("%(asctime)s %(levelname)-7s %(message)s", "%H:%M:%S")
        formatter.converter = time.gmtime
        handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(LEVELS[max(-2, min(1, verbosity))])
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.NOTSET if verbosity > 1 else logging.WARNING)
