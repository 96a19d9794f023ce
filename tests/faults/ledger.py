"""What was sent to a site that breaks, what it acknowledged, and what is there."""

import threading
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

# What must be there afterwards when it was acknowledged.
WRITES = ("post", "comment", "follow", "mail")


@dataclass(frozen=True)
class Entry:
    """One request: what it was for, how it ended, and when, in seconds.

    ``outcome`` is a status, or the name of what happened to the connection. ``mark`` is
    how a write is found again.
    """

    kind: str
    mark: str
    outcome: str
    began: float
    ended: float

    @property
    def is_acknowledged(self) -> bool:
        return self.outcome[0] in "23"


@dataclass
class Ledger:
    """All requests of one load; several threads write."""

    entries: list[Entry] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, entry: Entry) -> None:
        with self.lock:
            self.entries.append(entry)

    def acknowledged(self, kind: str) -> list[str]:
        return [
            entry.mark
            for entry in self.entries
            if entry.kind == kind and entry.is_acknowledged
        ]

    def failures(self) -> Counter[str]:
        """Count what was not acknowledged, by outcome."""
        return Counter(
            entry.outcome for entry in self.entries if not entry.is_acknowledged
        )

    def longest_gap(self) -> float:
        """Return the longest time in which no write was acknowledged, in seconds."""
        writes = [entry for entry in self.entries if entry.kind in WRITES]
        if not writes:
            return 0.0
        moments = [min(entry.began for entry in writes)]
        moments += sorted(entry.ended for entry in writes if entry.is_acknowledged)
        moments.append(max(entry.ended for entry in writes))
        return max(later - earlier for earlier, later in pairwise(moments))

    def slowest(self) -> float:
        """Return how long the slowest acknowledged request took, in seconds."""
        return max(
            (
                entry.ended - entry.began
                for entry in self.entries
                if entry.is_acknowledged
            ),
            default=0.0,
        )


def missing(acknowledged: Iterable[str], found: Iterable[str]) -> Counter[str]:
    """Return what was acknowledged more often than it was found."""
    return Counter(acknowledged) - Counter(found)


@dataclass
class Row:
    kind: str
    sent: int
    acknowledged: int
    found: int | None = None
    lost: int | None = None


def rows(ledger: Ledger, found: dict[str, Collection[str]]) -> list[Row]:
    """Return a row for each kind that was sent; reads are not looked for."""
    made = []
    for kind, sent in sorted(Counter(entry.kind for entry in ledger.entries).items()):
        acknowledged = ledger.acknowledged(kind)
        row = Row(kind, sent, len(acknowledged))
        if kind in found:
            row.lost = missing(acknowledged, found[kind]).total()
            row.found = row.acknowledged - row.lost
        made.append(row)
    return made


def table(made: Iterable[Row]) -> str:
    lines = [f"{'':10}{'sent':>8}{'acknowledged':>14}{'found':>8}{'lost':>6}"]
    for row in made:
        found = "" if row.found is None else row.found
        lost = "" if row.lost is None else row.lost
        lines.append(
            f"{row.kind:10}{row.sent:>8}{row.acknowledged:>14}{found:>8}{lost:>6}"
        )
    return "\n".join(lines)


def summary(ledger: Ledger) -> str:
    failures = ", ".join(
        f"{count} × {outcome}" for outcome, count in sorted(ledger.failures().items())
    )
    return f"failed: {failures or 'none'}; longest gap {ledger.longest_gap():.1f} s"
