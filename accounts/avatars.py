"""Which picture stands for a member: one they gave us, Gravatar's, or a drawn one.

A drawn one is a symmetric mosaic in two hues made of the member's id. Nothing about a
person goes into it, so it may be cached by anybody for ever.
"""

import hashlib
from typing import NamedTuple

from django.conf import settings

from flasky_site.lib.addresses import path_to

from .gravatar import gravatar_url, hash_address, is_current
from .models import User
from .pictures import SIZES

# Raise it when the drawing changes, so that caches ask again.
VERSION = 1
_CELLS = 5
_MIDDLE = _CELLS // 2


class Face(NamedTuple):
    """A member where only picture and name are shown, with a link to more."""

    pk: int
    href: str
    name: str
    picture: str
    dense_picture: str


class Likeness(NamedTuple):
    """The plain values of a member that their faces in all sizes are made of."""

    pk: int
    username: str
    name: str
    avatar: str
    # "" where nothing is shown of Gravatar's.
    gravatar_hash: str

    @property
    def display_name(self) -> str:
        return self.name or self.username

    def avatar_url(self, size: int) -> str:
        """Return where the picture in ``size`` × ``size`` pixels or more is.

        That is a path of ours, or an address of Gravatar's.
        """
        if self.avatar:
            side = next((known for known in SIZES if known >= size), SIZES[-1])
            return path_to("accounts:uploaded_avatar", self.pk, self.avatar, side)
        if self.gravatar_hash:
            return gravatar_url(self.gravatar_hash, size=size)
        return f"{path_to('accounts:avatar', self.pk)}?v={VERSION}"

    def face(self, size: int) -> Face:
        """Return what is shown beside a picture of ``size`` pixels."""
        return Face(
            self.pk,
            path_to("social:profile", self.username),
            self.display_name,
            self.avatar_url(size),
            self.avatar_url(2 * size),
        )


def likeness_of(member: User) -> Likeness:
    return Likeness(
        member.pk, member.username, member.name, member.avatar, _gravatar_of(member)
    )


def _gravatar_of(member: User) -> str:
    if member.avatar or settings.AVATARS != "gravatar":
        return ""
    known_hash = member.gravatar_hash
    return known_hash if is_current(known_hash) else hash_address(member.email)


def avatar_url(member: User, size: int) -> str:
    """Return where the member's picture in ``size`` × ``size`` pixels or more is."""
    return likeness_of(member).avatar_url(size)


def avatar_folder(member_id: int) -> str:
    """Return where in the storage the files of a member's picture are."""
    return f"avatars/{member_id}"


def avatar_name(member_id: int, digest: str, size: int) -> str:
    """Return the name in the storage of one file of a member's picture."""
    return f"{avatar_folder(member_id)}/{digest}-{size}.webp"


def draw_avatar(member_id: int) -> str:
    """Return an SVG of 5 × 5 cells, mirrored at the middle column."""
    digest = hashlib.sha256(f"flasky-avatar-{member_id}".encode()).digest()
    hue = digest[0] * 360 // 256
    other = (hue + 40 + digest[1] % 120) % 360
    back = f"hsl({hue} 45% 88%)"
    cells = {False: f"hsl({hue} 55% 42%)", True: f"hsl({other} 55% 38%)"}
    paths = {False: "", True: ""}
    for row in range(_CELLS):
        for column in range(_MIDDLE + 1):
            byte = digest[2 + row * (_MIDDLE + 1) + column]
            if byte & 1:
                square = f"M{column} {row}h1v1h-1z"
                mirror = f"M{_CELLS - 1 - column} {row}h1v1h-1z"
                paths[byte & 2 > 0] += square + (mirror if column < _MIDDLE else "")
    shapes = "".join(
        f'<path fill="{cells[kind]}" d="{path}"/>'
        for kind, path in paths.items()
        if path
    )
    # A cell of margin all around.
    side = _CELLS + 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {side} {side}" '
        'shape-rendering="crispEdges">'
        f'<path fill="{back}" d="M-1-1h{side}v{side}h-{side}z"/>{shapes}</svg>'
    )
