from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from flasky_site.lib.worker import Worker


class Command(BaseCommand):
    help = (
        "Work in the background: send mail, do what pages have put off, clean up. "
        "Run at least one beside the web server; several share the work."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--batch", action="store_true", help="end when the queue is empty"
        )
        parser.add_argument(
            "--interval",
            type=float,
            default=1.0,
            help="seconds to wait before looking into an empty queue again",
        )

    def handle(self, *, batch: bool, interval: float, **options: Any) -> None:
        worker = Worker(batch=batch, interval=interval)
        worker.configure_signals()
        worker.run()
