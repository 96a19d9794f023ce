"""The template tag for a moment, right without JavaScript."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

register = template.Library()

# Past this, "two months ago" says less than the date.
_RELATIVE_FOR = timedelta(days=30)


@register.simple_tag
def moment(at: datetime) -> SafeString:
    """Return a ``<time>`` with how long ago ``at`` was, or its date when it is old."""
    local = timezone.localtime(at)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.isoformat(timespec="seconds"),
        f"{date_format(local, 'DATETIME_FORMAT')} {local.tzname()}",
        relative(at),
    )


def relative(at: datetime) -> str:
    """Return "just now", "3 hours ago" or a date, seen from now."""
    now = timezone.now()
    if now - at < timedelta(minutes=1):
        return _("just now")
    if now - at > _RELATIVE_FOR:
        return date_format(timezone.localtime(at), "DATE_FORMAT")
    return _("%(time)s ago") % {"time": timesince(at, now, depth=1)}
