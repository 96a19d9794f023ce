"""What a script promises, keeps or breaks, and says in the end."""

import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from tests.faults.ledger import WRITES, Ledger, rows, summary, table
from tests.faults.site import Site, a_site
from tests.faults.visitors import Load


@dataclass
class Verdict:
    """The promises of one script, each with whether it was kept."""

    title: str
    promises: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def is_kept(self) -> bool:
        return all(kept for _promise, kept in self.promises)

    def promise(self, promise: str, kept: bool) -> None:
        self.promises.append((promise, kept))

    def settle(
        self, ledger: Ledger, found: dict[str, Collection[str]], allowed: str = ""
    ) -> None:
        """Print the table; nothing may be lost, nothing fail but what is ``allowed``.

        ``allowed`` are outcomes with spaces between them.
        """
        made = rows(ledger, found)
        print(table(made))
        print(summary(ledger))
        self.promise(
            "nothing that was acknowledged is lost",
            not any(row.lost for row in made),
        )
        wrong = set(ledger.failures()) - set(allowed.split())
        told = f", got {', '.join(sorted(wrong))}" if wrong else ""
        only = f"fails with {allowed} at most" if allowed else "fails no request"
        self.promise(f"{only}{told}", not wrong)
        written = {row.kind for row in made if row.acknowledged}
        self.promise("was put under load", bool(written & set(WRITES)))

    def settle_load(self, site: Site, load: Load, allowed: str = "") -> None:
        """Settle what ``load`` sent with what is there once all mail is sent."""
        site.settle_mail()
        self.settle(load.ledger, site.found(load.mails_before), allowed)

    def __str__(self) -> str:
        lines = [
            f"  {'kept  ' if kept else 'BROKEN'}  {promise}"
            for promise, kept in self.promises
        ]
        return "\n".join(lines)


Script = Callable[[Site, Verdict], None]


def judge(script: Script, site: Site, title: str) -> Verdict:
    print(f"\n==> {title}", flush=True)
    verdict = Verdict(title)
    try:
        script(site, verdict)
    except TimeoutError as error:
        verdict.promise(str(error), False)
    print(verdict, flush=True)
    return verdict


def run(script: Script, title: str) -> None:
    """Run one script on a site of its own; exit with 1 when it broke a promise."""
    with a_site() as site:
        verdict = judge(script, site, title)
    sys.exit(0 if verdict.is_kept else 1)
