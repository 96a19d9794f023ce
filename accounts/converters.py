"""Parts of addresses."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class UsernameConverter(StringConverter):
    """What can be a username; anything else is no address at all."""

    regex = "[A-Za-z][A-Za-z0-9_.]{0,63}"


register_converter(UsernameConverter, "username")
