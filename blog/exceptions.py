"""The rules about posts and comments that can say no."""

from django.utils.translation import gettext_lazy as _

from flasky_site.lib.errors import DomainError


class PostGone(DomainError):
    message = _("This post is not there any more: somebody deleted it a moment ago.")


class CommentGone(DomainError):
    message = _("This comment is not there any more: somebody deleted it a moment ago.")


class AuthorGone(DomainError):
    message = _("Your account was deleted a moment ago, and nothing was published.")


class CommentsClosed(DomainError):
    message = _("This post takes no more comments.")


class NotToUndo(DomainError):
    message = _("This cannot be taken back.")
