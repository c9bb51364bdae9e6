"""What each word in a column of words means, Chinese and English, as vocabulary.toml says it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Words = tuple[str, str]


@cache
def vocabulary() -> Mapping[str, Mapping[str, Words]]:
    """Column (table.column) -> word -> (Chinese, English), in the order of the file."""
    raw = tomllib.loads(files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8"))
    return {column: {word: (zh, en) for word, (zh, en) in words.items()} for column, words in raw.items()}


def words_markdown() -> str:
    """The vocabulary as a part of docs/data.md."""
    parts = ["\n# Words\n\nWritten from `harvester/definitions/vocabulary.toml` by `make docs`. Do not edit.\n"]
    for column, words in vocabulary().items():
        parts.append(f"\n## {column}\n\n| word | 中文 | English |\n|---|---|---|\n")
        parts += [f"| {word} | {zh} | {en} |\n" for word, (zh, en) in words.items()]
    return "".join(parts)
