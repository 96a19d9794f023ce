from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Decision
from flasky_site.lib.addresses import path_to
from flasky_site.lib.models import CountedModel

from .fields import MarkdownField, RenderedMarkdownField
from .markdown import render_comment, render_post
from .querysets import CommentQuerySet, PostBlockQuerySet, PostQuerySet

POST_MAX_LENGTH = 20_000
COMMENT_MAX_LENGTH = 5_000
_PUBLIC = models.Q(is_hidden=False, deleted_at=None)


_DELETED = models.Q(deleted_at__isnull=False)


def _rare_index(name: str, condition: models.Q) -> models.Index:
    """Return the index by which the desk lists the few in a state, newest first."""
    return models.Index(fields=["-id"], name=name, condition=condition)


def _purge_index(name: str) -> models.Index:
    """Return the index by which the purge finds the few that are deleted."""
    return models.Index(fields=["deleted_at"], name=name, condition=_DELETED)


class MarkdownModel(CountedModel):
    """A text whose ``body`` is Markdown and whose ``body_html`` follows it.

    Deleted, it is nowhere to be seen, and kept for moderators for a while.
    """

    edited_at = models.DateTimeField(_("edited"), null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(
        _("deleted"), null=True, blank=True, editable=False
    )

    class Meta:
        abstract = True

    # What it is called in addresses and ids: "post" or "comment".
    kind: ClassVar[str]
    # Why a moderator took it away, where ``blog.rulings`` told its author.
    away_because: Decision | None = None

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    def save(
        self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any
    ) -> None:
        if update_fields is not None and "body" in (names := set(update_fields)):
            update_fields = names | {"body_html"}
        super().save(*args, update_fields=update_fields, **kwargs)


class Post(MarkdownModel):
    """A text that a member published. It is public from the moment the row exists."""

    kind = "post"

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="posts",
        db_index=False,
        verbose_name=_("author"),
    )
    body = MarkdownField(_("text"), max_length=POST_MAX_LENGTH)
    body_html = RenderedMarkdownField(source="body", render=render_post)
    created_at = models.DateTimeField(
        _("written"), default=timezone.now, editable=False
    )
    is_hidden = models.BooleanField(_("hidden"), default=False, editable=False)
    is_closed = models.BooleanField(
        _("closed for comments"), default=False, db_default=False, editable=False
    )

    # Kept by triggers: comments that the public sees, and places in the thread, which
    # disabled comments keep.
    comment_count = models.IntegerField(default=0, db_default=0, editable=False)
    thread_length = models.IntegerField(default=0, db_default=0, editable=False)
    counters = frozenset({"comment_count", "thread_length"})

    objects: ClassVar[PostQuerySet] = PostQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        permissions = [("moderate", _("Can moderate posts, comments and members"))]
        indexes = [
            models.Index(fields=["author", "-id"], name="post_by_author"),
            # Page N of an author's public posts without touching the rows.
            models.Index(
                fields=["author", "-id"],
                name="public_post_by_author",
                condition=_PUBLIC,
            ),
            models.Index(
                fields=["-id"],
                name="public_post",
                condition=_PUBLIC,
            ),
            _purge_index("deleted_post"),
            _rare_index("deleted_post_by_id", _DELETED),
            _rare_index("hidden_post", models.Q(is_hidden=True)),
        ]

    def __str__(self) -> str:
        return f"{self.author_id}/{self.pk}"

    def get_absolute_url(self) -> str:
        return path_to("blog:post_detail", self.pk)

    @property
    def is_away(self) -> bool:
        """Say whether a moderator took the text away, whatever it is called."""
        return self.is_hidden

    @property
    def is_public(self) -> bool:
        return not (self.is_hidden or self.is_deleted)


class PostBlock(models.Model):
    """How many public posts have ids in one block of 5,000; kept by triggers.

    The sum is the total, and the running sum says where page N begins, at a cost that
    does not grow with the number of posts.
    """

    block = models.BigIntegerField(primary_key=True)
    post_count = models.IntegerField(default=0, db_default=0)

    objects: ClassVar[PostBlockQuerySet] = PostBlockQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"{self.block}: {self.post_count}"


class Comment(MarkdownModel):
    """What a member said about a post. Disabled, it keeps its place in the thread."""

    kind = "comment"

    post = models.ForeignKey(
        Post,
        on_delete=models.CASCADE,
        related_name="comments",
        db_index=False,
        verbose_name=_("post"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="comments",
        db_index=False,
        verbose_name=_("author"),
    )
    body = MarkdownField(_("text"), max_length=COMMENT_MAX_LENGTH)
    body_html = RenderedMarkdownField(source="body", render=render_comment)
    created_at = models.DateTimeField(
        _("written"), default=timezone.now, editable=False
    )
    is_disabled = models.BooleanField(_("disabled"), default=False, editable=False)

    # Loaded by ``with_source`` and ``with_readable_source``.
    readable_body: str | None
    readable_html: str | None

    # Loaded by ``newest_on``.
    place: int

    objects: ClassVar[CommentQuerySet] = CommentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            # For the database, which looks for what belongs to a post that goes.
            models.Index(fields=["post", "id"], name="comment_by_post"),
            # Page N of a thread without touching the rows.
            models.Index(
                fields=["post", "id"],
                name="comment_in_thread",
                condition=models.Q(deleted_at=None),
            ),
            models.Index(fields=["author", "id"], name="comment_by_author"),
            _purge_index("deleted_comment"),
            _rare_index("deleted_comment_by_id", _DELETED),
            _rare_index("disabled_comment", models.Q(is_disabled=True)),
        ]

    def __str__(self) -> str:
        return f"{self.author_id}/{self.pk}"

    def get_absolute_url(self) -> str:
        """Return where it is found, whichever page of the thread that is."""
        return path_to("blog:comment_detail", self.pk)

    @property
    def is_away(self) -> bool:
        """Say whether a moderator took the text away, whatever it is called."""
        return self.is_disabled
