"""What lists show of posts and comments, each part of it made once.

A card holds the plain values of the rows that its template prints, or prints something
made of: what is made of them is made with the part. Ages stand for the clock, so that
the part is made anew when "3 minutes ago" is not true any more, and what the reader may
do for the reader.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.avatars import Face, Likeness, likeness_of
from accounts.models import User
from flasky_site.lib.addresses import path_to
from flasky_site.lib.fragments import remembered
from flasky_site.lib.isolates import isolated
from flasky_site.lib.moments import age_of

from .models import Comment, Post
from .permissions import can_edit_comments
from .templatetags.excerpts import first_line

_PICTURE = 40


class Written(NamedTuple):
    """By whom a text is, and when it was written and changed."""

    by: Likeness
    at: datetime
    age: int | None
    edited_at: datetime | None
    edited_age: int | None


class Byline(NamedTuple):
    """The line above a text: by whom it is, and when it was written."""

    id: str
    level: str
    href: str
    face: Face
    # "" where it is the name that is shown already.
    username: str
    written: Written


class PostCard(NamedTuple):
    pk: int
    level: str
    written: Written
    html: str
    comment_count: int
    is_hidden: bool
    is_deleted: bool

    @property
    def byline(self) -> Byline:
        href = path_to("blog:post_detail", self.pk)
        return _byline(f"{Post.kind}-{self.pk}", self.level, href, self.written)


class CommentCard(NamedTuple):
    pk: int
    written: Written
    # None where the reader may not read it.
    html: str | None
    is_away: bool
    may_edit: bool
    may_rule: bool

    @property
    def kind(self) -> str:
        return Comment.kind

    @property
    def is_open(self) -> bool:
        """Say whether everybody may read what it shows."""
        return not self.is_away or self.html is None

    @property
    def byline(self) -> Byline:
        name = f"{Comment.kind}-{self.pk}"
        return _byline(name, "3", f"#{name}", self.written)


def _byline(name: str, level: str, href: str, written: Written) -> Byline:
    by = written.by
    username = by.username if by.name else ""
    return Byline(f"{name}-by", level, href, by.face(_PICTURE), username, written)


def byline_of(text: Post | Comment, *, href: str, level: str) -> Byline:
    """Return the line above ``text``, linked to ``href``; level is the heading's."""
    return _byline(f"{text.kind}-{text.pk}", level, href, _written(text))


def _written(text: Post | Comment) -> Written:
    edited_at = text.edited_at
    return Written(
        likeness_of(text.author),
        text.created_at,
        age_of(text.created_at),
        edited_at,
        age_of(edited_at) if edited_at else None,
    )


def show_posts(posts: Iterable[Post], level: str) -> Iterator[SafeString]:
    """Yield the cards of ``posts`` with their authors; level is that of headings."""
    shown = [(post, _card_of(post, level)) for post in posts]
    # What not everybody may read is kept nowhere.
    kept = iter(_post_card.each(card for post, card in shown if post.is_public))
    for post, card in shown:
        if post.is_public:
            yield next(kept)
        else:
            context = {"card": card, "away_because": post.away_because}
            yield render_to_string("blog/_post_card.html", context)


def _card_of(post: Post, level: str) -> PostCard:
    return PostCard(
        post.pk,
        level,
        _written(post),
        post.body_html,
        post.comment_count,
        is_hidden=post.is_hidden,
        is_deleted=post.is_deleted,
    )


@remembered
def _post_card(card: PostCard) -> SafeString:
    return render_to_string("blog/_post_card.html", {"card": card})


def show_title(post: Post) -> SafeString:
    """Return what stands above the window in which ``post`` is read."""
    make = _title if post.is_public else _title.make
    return make(post.author.display_name, post.body_html)


@remembered
def _title(name: str, html: str) -> SafeString:
    return format_html("{}: {}", isolated(name), first_line(html))


def show_comments(
    comments: Iterable[Comment], viewer: User | AnonymousUser
) -> Iterator[SafeString]:
    """Yield the cards of ``comments``, which were read for ``viewer``."""
    rows, may_rule = list(comments), viewer.has_perm("blog.moderate")
    shown = [
        (comment, _card_in_thread(comment, may_edit=may_edit, may_rule=may_rule))
        for comment, may_edit in zip(rows, can_edit_comments(viewer, rows), strict=True)
    ]
    # What not everybody may read is kept nowhere; a tombstone tells nothing of it.
    kept = iter(_comment_card.each(card for _comment, card in shown if card.is_open))
    for comment, card in shown:
        if card.is_open:
            yield next(kept)
        else:
            context = {"card": card, "away_because": comment.away_because}
            yield render_to_string("blog/_comment.html", context)


def _card_in_thread(comment: Comment, *, may_edit: bool, may_rule: bool) -> CommentCard:
    return CommentCard(
        comment.pk,
        _written(comment),
        comment.readable_html,
        comment.is_disabled,
        may_edit,
        may_rule,
    )


@remembered
def _comment_card(card: CommentCard) -> SafeString:
    return render_to_string("blog/_comment.html", {"card": card})
