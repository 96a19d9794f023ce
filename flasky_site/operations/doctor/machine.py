"""Settings, files and clocks: what is around the database."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import connection
from django.utils import timezone

from .findings import Finding, good, problem, warning

# Of a disk; less is soon full, or full at the next backup.
_FREE_BYTES = 1_000_000_000
_FREE_SHARE = 0.1
_CLOCKS_APART_SECONDS = 5


def examine_settings() -> Iterator[Finding]:
    found = checks.run_checks(include_deployment_checks=not settings.DEBUG)
    serious = [one for one in found if not one.is_silenced()]
    for one in serious:
        say = problem if one.level >= checks.ERROR else warning
        yield say("settings", f"{one.msg} ({one.id})", one.hint or "")
    if not serious:
        yield good("settings", "Django finds nothing wrong with them")
    if settings.DEBUG:
        yield warning(
            "settings",
            "these are the settings of development",
            "On a site for others: DJANGO_SETTINGS_MODULE=flasky_site.settings.prod",
        )


def examine_media() -> Iterator[Finding]:
    folder = Path(settings.MEDIA_ROOT)
    try:
        with tempfile.TemporaryFile(dir=folder):
            yield good("media", f"pictures can be written to {folder}")
    except FileNotFoundError:
        yield problem(
            "media",
            f"there is no folder {folder}",
            f"install -d -o flasky -g flasky -m 0750 {folder}",
        )
    except OSError as error:
        yield problem(
            "media",
            f"nothing can be written to {folder} ({error.strerror})",
            "Give the folder to the user that Flasky runs as, or make room.",
        )


def examine_static_files() -> Iterator[Finding]:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if settings.DEBUG or manifest.exists():
        yield good("static files", "styles and scripts are there")
    else:
        yield problem(
            "static files",
            f"{settings.STATIC_ROOT} does not hold those of a version",
            "Run: deploy/release",
        )


def examine_disks() -> Iterator[Finding]:
    places = {"pictures": Path(settings.MEDIA_ROOT)}
    if connection.vendor == "sqlite":
        places["the database"] = Path(connection.settings_dict["NAME"]).parent
    for what, place in places.items():
        if not place.is_dir():
            continue
        disk = shutil.disk_usage(place)
        free = f"{disk.free / 1e9:.1f} GB free where {what} are kept"
        if disk.free < _FREE_BYTES or disk.free < disk.total * _FREE_SHARE:
            yield warning("disk", free, "Make room, or move to a larger disk.")
        else:
            yield good("disk", free)


def examine_clock() -> Iterator[Finding]:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
    apart = abs((timezone.now() - theirs).total_seconds())
    if apart > _CLOCKS_APART_SECONDS:
        yield problem(
            "clock",
            f"this machine and the database are {apart:.0f} s apart",
            "Let both keep time by NTP: apt-get install systemd-timesyncd",
        )
    else:
        yield good("clock", "this machine and the database agree")
