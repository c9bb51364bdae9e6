"""Some of the kills that `python -m tests.kills` does by the hundred."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kills import KILLS_A_ROUND, main


@pytest.mark.slow
@pytest.mark.parametrize("seed", [11, 12])
def test_a_round_of_kills_ends_as_if_nothing_had_happened(tmp_path: Path, seed: int) -> None:
    account = main(KILLS_A_ROUND - 1, seed, tmp_path)
    assert account.differences == []
    assert sum(account.killed.values()) >= KILLS_A_ROUND - 1
