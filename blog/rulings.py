"""What authors read about decisions on their texts."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import Decision, User

from .models import Comment, Post


def tell_why(
    viewer: User | AnonymousUser, post: Post, comments: Iterable[Comment]
) -> None:
    """Put ``away_because`` on those texts of ``viewer`` that a moderator took away.

    Costs a query for each kind of text, and only where there is such a text.
    """
    if post.is_hidden:
        _tell(Decision.Kind.HIDE_POST, viewer, [post])
    _tell(
        Decision.Kind.DISABLE_COMMENT,
        viewer,
        [comment for comment in comments if comment.is_disabled],
    )


def _tell(
    kind: Decision.Kind,
    viewer: User | AnonymousUser,
    texts: Iterable[Post] | Iterable[Comment],
) -> None:
    own = {text.pk: text for text in texts if text.author_id == viewer.pk}
    if not own:
        return
    for decision in Decision.objects.why_away(kind, own):
        if decision.target_id is not None:
            own[decision.target_id].away_because = decision


def link_texts(viewer: User, decisions: Sequence[Decision]) -> None:
    """Put ``text_href`` on those decisions whose text ``viewer`` can still read.

    Two queries, however many there are.
    """
    posts = {it.target_id for it in decisions if it.is_about_post}
    comments = {it.target_id for it in decisions if it.is_about_comment}
    found: dict[str, dict[int, Any]] = {
        "post": Post.objects.visible_to(viewer).only("deleted_at").in_bulk(posts),
        "comment": Comment.objects.visible_to(viewer)
        .only("deleted_at")
        .in_bulk(comments),
    }
    for decision in decisions:
        texts = found["post" if decision.is_about_post else "comment"]
        text = texts.get(decision.target_id or 0)
        if text is not None:
            decision.text_href = text.get_absolute_url()
