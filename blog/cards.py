"""What lists show of posts and comments, each part of it made once.

A card holds every value that its template prints. Ages stand for the clock, so that the
part is made anew when "3 minutes ago" is not true any more, and what the reader may do
for the reader.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.avatars import Face, face_of
from accounts.models import User
from flasky_site.lib.fragments import remembered
from flasky_site.lib.moments import age_of

from .models import Comment, Post
from .permissions import can_edit_comment

_PICTURE = 40


class Byline(NamedTuple):
    """The line above a text: by whom it is, and when it was written."""

    id: str
    level: str
    href: str
    face: Face
    # "" where it is the name that is shown already.
    username: str
    at: datetime
    age: int | None
    edited_at: datetime | None
    edited_age: int | None


class PostCard(NamedTuple):
    pk: int
    byline: Byline
    html: str
    comment_count: int
    is_hidden: bool
    is_deleted: bool


class CommentCard(NamedTuple):
    pk: int
    byline: Byline
    # None where the reader may not read it.
    html: str | None
    is_away: bool
    may_edit: bool
    may_rule: bool

    @property
    def kind(self) -> str:
        return Comment.kind


def byline_of(text: Post | Comment, *, href: str, level: str) -> Byline:
    """Return the line above ``text``, linked to ``href``; level is the heading's."""
    by, edited_at = text.author, text.edited_at
    return Byline(
        id=f"{text.kind}-{text.pk}-by",
        level=level,
        href=href,
        face=face_of(by, _PICTURE),
        username=by.username if by.name else "",
        at=text.created_at,
        age=age_of(text.created_at),
        edited_at=edited_at,
        edited_age=age_of(edited_at) if edited_at else None,
    )


def show_post(post: Post, level: str) -> SafeString:
    """Return the card of ``post`` with its author, and ``away_because`` if any."""
    card = PostCard(
        post.pk,
        byline_of(post, href=post.get_absolute_url(), level=level),
        post.body_html,
        post.comment_count,
        is_hidden=post.is_hidden,
        is_deleted=post.is_deleted,
    )
    # What not everybody may read is kept nowhere.
    if post.is_public:
        return _post_card(card)
    context = {"card": card, "away_because": post.away_because}
    return render_to_string("blog/_post_card.html", context)


@remembered
def _post_card(card: PostCard) -> SafeString:
    return render_to_string("blog/_post_card.html", {"card": card})


def show_comments(
    comments: Iterable[Comment], viewer: User | AnonymousUser
) -> Iterator[SafeString]:
    """Yield the cards of ``comments``, which were read for ``viewer``."""
    may_rule = viewer.has_perm("blog.moderate")
    for comment in comments:
        card = CommentCard(
            comment.pk,
            byline_of(comment, href=f"#comment-{comment.pk}", level="3"),
            comment.readable_html,
            is_away=comment.is_disabled,
            may_edit=can_edit_comment(viewer, comment),
            may_rule=may_rule,
        )
        if comment.is_disabled:
            context = {"card": card, "away_because": comment.away_because}
            yield render_to_string("blog/_comment.html", context)
        else:
            yield _comment_card(card)


@remembered
def _comment_card(card: CommentCard) -> SafeString:
    return render_to_string("blog/_comment.html", {"card": card})
