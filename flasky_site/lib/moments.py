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


_HOUR, _DAY = 60, 24 * 60
# ``moment`` looks at the clock itself.
_NOW = -1


@register.simple_tag
def moment(at: datetime, age: int | None = _NOW) -> SafeString:
    """Return a ``<time>`` with how long ago ``at`` was, or its date when it is old.

    With ``age``, which is ``age_of(at)``, it does not ask what time it is.
    """
    local = timezone.localtime(at)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.isoformat(timespec="seconds"),
        f"{date_format(local, 'DATETIME_FORMAT')} {local.tzname()}",
        relative(at, age_of(at) if age == _NOW else age),
    )


@register.filter(name="age")
def age_of(at: datetime) -> int | None:
    """Return how many minutes ago ``at`` was, None when its date is shown instead.

    Only as exactly as it is shown: in whole hours after an hour, days after a day.
    """
    elapsed = timezone.now() - at
    if elapsed > _RELATIVE_FOR:
        return None
    minutes = max(0, elapsed // timedelta(minutes=1))
    for unit in (_DAY, _HOUR):
        if minutes >= unit:
            return minutes - minutes % unit
    return minutes


def relative(at: datetime, age: int | None) -> str:
    """Return "just now", "3 hours ago" or a date, for an ``age`` of ``age_of``."""
    if age is None:
        return date_format(timezone.localtime(at), "DATE_FORMAT")
    if age == 0:
        return _("just now")
    since = timesince(at, at + timedelta(minutes=age), depth=1)
    return _("%(time)s ago") % {"time": since}
