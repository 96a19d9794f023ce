from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.contrib.staticfiles.management.commands.runserver import (
    Command as RunserverCommand,
)
from django.core.management.base import CommandError, CommandParser

from flasky_site.monitoring.profiling import ProfiledApplication


class Command(RunserverCommand):
    help = (
        "Serve the site under the profiler, in development alone, and print the "
        "slowest functions of each request."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--length",
            type=int,
            default=25,
            help="how many functions to print for each request",
        )
        parser.add_argument(
            "--profile-dir",
            type=Path,
            help="a folder in which to keep each request's profile",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "The profiler shows what it should not and slows everybody down: it "
                "runs with the settings of development alone."
            )
        if options["length"] < 1:
            raise CommandError("--length must be at least 1.")
        if folder := options["profile_dir"]:
            folder.mkdir(parents=True, exist_ok=True)
        # The profiler follows one thread; and a reloader would watch itself.
        options |= {"use_threading": False, "use_reloader": False}
        super().handle(*args, **options)

    def get_handler(self, *args: Any, **options: Any) -> Any:
        handler: Any = super().get_handler(*args, **options)
        is_static = isinstance(handler, StaticFilesHandler)
        profiled = ProfiledApplication(
            handler.application if is_static else handler,
            write=self.stdout.write,
            length=options["length"],
            folder=options["profile_dir"],
        )
        if not is_static:
            return profiled
        handler.application = profiled
        return handler
