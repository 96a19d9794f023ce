"""Template filters that say in a few plain words what a rendered text is about."""

import html
import re

from django import template
from django.utils.html import strip_tags
from django.utils.text import Truncator

from flasky_site.lib.text import is_blank

register = template.Library()

_END_OF_BLOCK = re.compile(r"</(?:p|h[1-6]|li|pre|blockquote)>|<br>|<hr>")


@register.filter
def plain_text(body_html: str) -> str:
    """Return the text of ``body_html`` on one line, without tags and entities."""
    spaced = _END_OF_BLOCK.sub("\n", body_html)
    return " ".join(html.unescape(strip_tags(spaced)).split())


@register.filter
def first_line(body_html: str, length: int = 70) -> str:
    """Return the text of the first block that has any, cut after ``length``."""
    for block in _END_OF_BLOCK.split(body_html):
        # An entity may stand for a character that nobody sees.
        if not is_blank(text := plain_text(block)):
            return Truncator(text).chars(length)
    return ""
