"""What can go wrong with a command as a whole, each with its exit code."""

from __future__ import annotations


class HarvesterError(Exception):
    """A command ends with one clear line on stderr and `exit_code`, without a traceback."""

    exit_code = 1


class RunFailed(HarvesterError):
    """The run itself failed: disk full, database damaged, archive unreadable."""

    exit_code = 1


class UsageError(HarvesterError):
    """Wrong usage or configuration: a malformed registry, a missing file, a data directory in use."""

    exit_code = 2


class DoneWithTrouble(HarvesterError):
    """The run is done, and something about it should be looked at."""

    exit_code = 4


class NobodyReached(DoneWithTrouble):
    """Not one portal could be reached."""


class AlarmOpen(DoneWithTrouble):
    """Something is not as the archive's own past lets expect."""


class StillOpen(DoneWithTrouble):
    """Something was left open that the next run takes up again."""


class GateRefused(HarvesterError):
    """A release gate refused to publish; the last good database stays."""

    exit_code = 3
