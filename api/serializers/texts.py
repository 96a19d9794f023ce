"""Posts and comments in JSON."""

from typing import Any

from rest_framework import serializers

from api.fields import MarkdownField, ParagraphsField
from blog.models import Comment, Post

from .base import Strict, moment


class PostSerializer(Strict):
    """A post, which its author wrote in Markdown."""

    id = serializers.IntegerField(read_only=True)
    url = serializers.URLField(read_only=True)
    html_url = serializers.URLField(read_only=True)
    body = MarkdownField(of=Post, help_text="Markdown.")
    body_html = serializers.CharField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    edited_at = serializers.DateTimeField(read_only=True, allow_null=True)
    author_url = serializers.URLField(read_only=True)
    author = serializers.CharField(read_only=True, help_text="Their username.")
    comments_url = serializers.URLField(read_only=True)
    comment_count = serializers.IntegerField(read_only=True)
    closed = serializers.BooleanField(
        read_only=True, help_text="It takes no more comments."
    )
    hidden = serializers.BooleanField(
        read_only=True, help_text="By a moderator; its author still sees it."
    )

    def to_representation(self, instance: Post) -> dict[str, Any]:
        url = self.links.post(instance.pk)
        return {
            "id": instance.pk,
            "url": url,
            "html_url": self.links.post_page(instance.pk),
            "body": instance.body,
            "body_html": instance.body_html,
            "created_at": moment(instance.created_at),
            "edited_at": moment(instance.edited_at),
            "author_url": self.links.user(instance.author_id),
            "author": instance.author.username,
            "comments_url": f"{url}/comments/",
            "comment_count": instance.comment_count,
            "closed": instance.is_closed,
            "hidden": instance.is_hidden,
        }


class CommentSerializer(Strict):
    """A comment; disabled, its text is for its author and for moderators alone."""

    id = serializers.IntegerField(read_only=True)
    url = serializers.URLField(read_only=True)
    post_url = serializers.URLField(read_only=True)
    body: serializers.CharField = serializers.CharField(
        read_only=True, allow_null=True, help_text="Markdown."
    )
    body_html = serializers.CharField(read_only=True, allow_null=True)
    created_at = serializers.DateTimeField(read_only=True)
    edited_at = serializers.DateTimeField(read_only=True, allow_null=True)
    author_url = serializers.URLField(read_only=True)
    author = serializers.CharField(read_only=True, help_text="Their username.")
    disabled = serializers.BooleanField(read_only=True, help_text="By a moderator.")

    def to_representation(self, instance: Comment) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "url": self.links.comment(instance.pk),
            "post_url": self.links.post(instance.post_id),
            "body": instance.readable_body,
            "body_html": instance.readable_html,
            "created_at": moment(instance.created_at),
            "edited_at": moment(instance.edited_at),
            "author_url": self.links.user(instance.author_id),
            "author": instance.author.username,
            "disabled": instance.is_disabled,
        }


class CommentTextSerializer(CommentSerializer):
    """What somebody says, which is never null."""

    body = MarkdownField(of=Comment, help_text="Markdown.")


class ReasonSerializer(Strict):
    """Why a moderator decides so."""

    reason = ParagraphsField(
        max_length=500, help_text="For the record; the author reads it too."
    )
