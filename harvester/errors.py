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


class NobodyReached(HarvesterError):
    """The run is done, and not one portal could be reached."""

    exit_code = 4


class AlarmOpen(HarvesterError):
    """The run is done, and something is not as the archive's own past lets expect."""

    exit_code = 4


class StillOpen(HarvesterError):
    """The run is done; something was left open that the next one takes up again."""

    exit_code = 4


class GateRefused(HarvesterError):
    """A release gate refused to publish; the last good database stays."""

    exit_code = 3
