from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from flasky_site.lib.models import CountedModel

from .fields import MarkdownField, RenderedMarkdownField
from .querysets import CommentQuerySet, PostBlockQuerySet, PostQuerySet

POST_MAX_LENGTH = 20_000
COMMENT_MAX_LENGTH = 5_000


class MarkdownModel(CountedModel):
    """A model whose ``body`` is Markdown and whose ``body_html`` follows it."""

    class Meta:
        abstract = True

    def save(
        self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any
    ) -> None:
        if update_fields is not None and "body" in (names := set(update_fields)):
            update_fields = names | {"body_html"}
        super().save(*args, update_fields=update_fields, **kwargs)


class Post(MarkdownModel):
    """A text that a member published. It is public from the moment the row exists."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="posts",
        db_index=False,
        verbose_name=_("author"),
    )
    body = MarkdownField(_("text"), max_length=POST_MAX_LENGTH)
    body_html = RenderedMarkdownField(source="body")
    created_at = models.DateTimeField(
        _("written"), default=timezone.now, editable=False
    )
    is_hidden = models.BooleanField(_("hidden"), default=False, editable=False)

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
                condition=models.Q(is_hidden=False),
            ),
            models.Index(
                fields=["-id"],
                name="public_post",
                condition=models.Q(is_hidden=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_id}/{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("blog:post_detail", args=[self.pk])


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
    body_html = RenderedMarkdownField(source="body")
    created_at = models.DateTimeField(
        _("written"), default=timezone.now, editable=False
    )
    is_disabled = models.BooleanField(_("disabled"), default=False, editable=False)

    objects: ClassVar[CommentQuerySet] = CommentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            models.Index(fields=["post", "id"], name="comment_in_thread"),
            models.Index(fields=["author", "id"], name="comment_by_author"),
        ]

    def __str__(self) -> str:
        return f"{self.author_id}/{self.pk}"
