"""What moderators decide about posts and comments, one or many at once.

Each act is one transaction, locks the texts in the order of their ids, leaves alone
those for which a rule of ``.rules`` says why, and writes the record. It returns what it
wrote there. All raise AboveYourself and PermissionDenied.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

from accounts.models import Decision, User
from accounts.services import (
    Ruling,
    decided_anew,
    new_decision,
    record_decisions,
    refuse_above,
    refuse_without,
)
from blog.models import Comment, Post

from . import rules

Kind = Decision.Kind
Decisions = list[Decision]


def hide_posts(*, ruling: Ruling, posts: Iterable[Post]) -> Decisions:
    """Let nobody but their authors and moderators see ``posts``."""
    return _turn(Kind.HIDE_POST, ruling, posts, rules.why_not_hide, is_hidden=True)


def restore_posts(*, ruling: Ruling, posts: Iterable[Post]) -> Decisions:
    """Make ``posts`` public again."""
    return _turn(
        Kind.RESTORE_POST, ruling, posts, rules.why_not_restore, is_hidden=False
    )


def disable_comments(*, ruling: Ruling, comments: Iterable[Comment]) -> Decisions:
    """Leave of ``comments`` the place in their threads."""
    return _turn(
        Kind.DISABLE_COMMENT, ruling, comments, rules.why_not_disable, is_disabled=True
    )


def enable_comments(*, ruling: Ruling, comments: Iterable[Comment]) -> Decisions:
    """Let everybody read ``comments`` again."""
    return _turn(
        Kind.ENABLE_COMMENT, ruling, comments, rules.why_not_enable, is_disabled=False
    )


@transaction.atomic
def _turn(
    kind: Decision.Kind,
    ruling: Ruling,
    texts: Iterable[Post] | Iterable[Comment],
    why_not: Callable[[Any], str],
    **state: bool,
) -> Decisions:
    """Bring ``texts`` into ``state``, one column, and record those that were not."""
    refuse_without("blog.moderate", actor=ruling.actor)
    model: Any = Post if "is_hidden" in state else Comment
    before = {column: not value for column, value in state.items()}
    locked = list(
        model.objects.filter(pk__in=[text.pk for text in texts])
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
        .only("pk", "author_id", "deleted_at", *state)
    )
    anew = decided_anew(ruling)
    turned = [
        text
        for text in locked
        if (text.author_id, text.pk) not in anew and not why_not(text)
    ]
    authors = _authors_of(turned)
    refuse_above(actor=ruling.actor, members=list(authors.values()))
    model.objects.filter(pk__in=[text.pk for text in turned]).update(**state)
    decisions = [
        new_decision(
            ruling,
            kind=kind,
            member=authors[text.author_id],
            target_id=text.pk,
            before=before,
        )
        for text in turned
    ]
    return record_decisions(decisions=decisions)


def _authors_of(texts: Iterable[Any]) -> dict[int, User]:
    authors = User.objects.with_role().filter(pk__in={text.author_id for text in texts})
    return authors.in_bulk()
