"""The tags that show posts and comments; blog.cards knows how."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from blog.cards import Byline, byline_of, show_comments, show_posts, show_title
from blog.models import Comment, Post

register = template.Library()


@register.simple_tag
def post_cards(posts: Iterable[Post], level: str = "2") -> SafeString:
    """Return ``posts`` as lists show them; level is that of their headings."""
    return _joined(show_posts(posts, level))


@register.simple_tag
def post_card(post: Post, level: str = "2") -> SafeString:
    """Return ``post`` as its own page shows it, which is as lists do."""
    return _joined(show_posts([post], level))


register.simple_tag(show_title, name="post_title")


@register.simple_tag(takes_context=True)
def comment_cards(context: Context, comments: Iterable[Comment]) -> SafeString:
    """Return ``comments`` with what the reader may do with each."""
    return _joined(show_comments(comments, context["user"]))


def _joined(cards: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((card,) for card in cards))


@register.simple_tag
def byline(text: Any, level: str) -> Byline:
    """Return the line above a post or a comment, for blog/_byline.html."""
    return byline_of(text, href=text.get_absolute_url(), level=level)
