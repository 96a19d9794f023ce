"""What templates ask about posts that are already loaded."""

from collections.abc import Iterable

from django import template

from accounts.models import User
from blog.models import Post

register = template.Library()


@register.filter
def authors(posts: Iterable[Post]) -> list[User]:
    """Return who wrote ``posts``, each once, in order of appearance."""
    return list(dict.fromkeys(post.author for post in posts))
