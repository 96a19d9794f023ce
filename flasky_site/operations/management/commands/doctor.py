from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from flasky_site.operations.doctor import Finding, Level, examine


class Command(BaseCommand):
    help = (
        "Look at settings, database, migrations, cache, mail, worker, files, clock, "
        "disk, roles, triggers and counters, and say what to do. Ends with 1 when "
        "something keeps the site from working."
    )
    # It says in its own words what they find.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fix",
            action="store_true",
            help="mend roles, triggers and counters; a site may go on meanwhile",
        )

    def handle(self, *, fix: bool, **options: Any) -> None:
        left = sum(self._tell(finding, fix=fix) for finding in examine())
        if left:
            raise CommandError(
                f"{left} problems are left." if left > 1 else "One problem is left."
            )
        self.stdout.write(self.style.SUCCESS("The site is well."))

    def _tell(self, finding: Finding, *, fix: bool) -> bool:
        """Write a finding, mend it where asked to; return whether a problem is left."""
        styles = {
            Level.GOOD: self.style.SUCCESS,
            Level.WARNING: self.style.WARNING,
            Level.PROBLEM: self.style.ERROR,
        }
        level = styles[finding.level](f"{finding.level.value:8}")
        self.stdout.write(f"{level} {finding.subject:13} {finding.text}")
        if fix and finding.mend:
            self.stdout.write(f"{'':22} → {finding.mend()}")
            return False
        if finding.advice:
            self.stdout.write(f"{'':22} → {finding.advice}")
        return finding.level is Level.PROBLEM
