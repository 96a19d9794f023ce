"""The one way to show a member's picture."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.avatars import VERSION
from accounts.models import User

register = template.Library()


@register.simple_tag
def avatar(member: User, size: int) -> SafeString:
    """Return an ``<img>`` of ``size`` × ``size`` CSS pixels, which never jumps.

    The picture stands beside the name, so its ``alt`` is empty.
    """
    return format_html(
        '<img class="avatar" src="{}?v={}" width="{}" height="{}" alt="" '
        'loading="lazy" decoding="async">',
        reverse("accounts:avatar", args=[member.pk]),
        VERSION,
        size,
        size,
    )
