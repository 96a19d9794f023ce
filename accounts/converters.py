"""Parts of addresses."""

from django.urls import register_converter
from django.urls.converters import IntConverter, StringConverter

from .pictures import SIZES


class UsernameConverter(StringConverter):
    """What can be a username; anything else is no address at all."""

    regex = "[A-Za-z][A-Za-z0-9_.]{0,63}"


class MemberIdConverter(IntConverter):
    """As many digits as an id can have, so that it makes the name of a file."""

    regex = "[0-9]{1,19}"


class DigestConverter(StringConverter):
    regex = "[0-9a-f]{32}"


class AvatarSizeConverter(IntConverter):
    regex = "|".join(str(size) for size in SIZES)


register_converter(UsernameConverter, "username")
register_converter(MemberIdConverter, "member_id")
register_converter(DigestConverter, "digest")
register_converter(AvatarSizeConverter, "avatar_size")
