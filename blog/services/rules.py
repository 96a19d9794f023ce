"""Why an act would leave a text as it is, in words; "" when it would change it.

The services go by these rules, and so do the pages that say beforehand what will
change, who ask in the name of an ``actor``.
"""

from django.utils.translation import gettext as _

from accounts.models import User
from blog.models import Comment, Post


def why_not_hide(post: Post, actor: User | None = None) -> str:
    return _why_not(post, _("hidden already") if post.is_hidden else "")


def why_not_restore(post: Post, actor: User | None = None) -> str:
    return _why_not(post, "" if post.is_hidden else _("not hidden"))


def why_not_disable(comment: Comment, actor: User | None = None) -> str:
    return _why_not(comment, _("disabled already") if comment.is_disabled else "")


def why_not_enable(comment: Comment, actor: User | None = None) -> str:
    return _why_not(comment, "" if comment.is_disabled else _("not disabled"))


def _why_not(text: Post | Comment, otherwise: str) -> str:
    return _("deleted") if text.is_deleted else otherwise
