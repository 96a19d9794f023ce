"""The one way to show a member's picture."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.avatars import Face, Likeness, likeness_of
from accounts.models import User

register = template.Library()


@register.simple_tag
def avatar(member: User, size: int, alt: str = "") -> SafeString:
    """Return an ``<img>`` of ``size`` × ``size`` CSS pixels, which never jumps.

    The picture stands beside the name, where an empty ``alt`` is right.
    """
    looks = likeness_of(member)
    return _image(looks.avatar_url(size), looks.avatar_url(2 * size), size, alt)


@register.simple_tag
def picture(face: Face, size: int, alt: str = "") -> SafeString:
    """Return what ``avatar`` does for a face that was made for that size."""
    return _image(face.picture, face.dense_picture, size, alt)


def _image(url: str, dense_url: str, size: int, alt: str) -> SafeString:
    return format_html(
        '<img class="avatar" src="{}"{} width="{}" height="{}" alt="{}" '
        'loading="lazy" decoding="async">',
        url,
        format_html(' srcset="{} 2x"', dense_url) if dense_url != url else "",
        size,
        size,
        alt,
    )


@register.filter
def likeness(member: User) -> Likeness:
    """Return ``member`` as a part of a page may be given them: plain values alone."""
    return likeness_of(member)


@register.filter
def likenesses(members: Iterable[User]) -> tuple[Likeness, ...]:
    return tuple(map(likeness_of, members))


@register.filter
def face(member: Likeness, size: int) -> Face:
    return member.face(size)
