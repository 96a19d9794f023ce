"""Taking back what was decided, about texts and about members."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.models import Decision
from accounts.services import UNDONE_HERE, Ruling, undo_member_decisions
from blog.exceptions import NotToUndo
from blog.models import Comment, Post

from .moderation import disable_comments, enable_comments, hide_posts, restore_posts
from .suspending import lock_with_posts

Kind = Decision.Kind
_INVERSE: dict[str, tuple[Any, str, Any]] = {
    Kind.HIDE_POST: (restore_posts, "posts", Post),
    Kind.RESTORE_POST: (hide_posts, "posts", Post),
    Kind.DISABLE_COMMENT: (enable_comments, "comments", Comment),
    Kind.ENABLE_COMMENT: (disable_comments, "comments", Comment),
}
UNDOABLE = frozenset({*_INVERSE, *UNDONE_HERE})


@transaction.atomic
def undo_decisions(*, ruling: Ruling, decisions: Sequence[Decision]) -> list[Decision]:
    """Undo ``decisions``, which ``ruling`` names as well.

    Return what that wrote into the record; what somebody changed meanwhile is left as
    it is. Raise NotToUndo, AlreadyUndone and what the acts raise.
    """
    by_kind: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_kind.setdefault(decision.kind, []).append(decision)
    if Kind.HIDE_POST in by_kind and by_kind.keys() & UNDONE_HERE:
        lock_with_posts(
            members=[it.member_id for it in decisions],
            posts=Post.objects.filter(pk__in=[it.target_id for it in decisions]),
        )
    undone = []
    for kind, alike in by_kind.items():
        undone += _undo_alike(ruling, kind, alike)
    return undone


def _undo_alike(
    ruling: Ruling, kind: str, decisions: Sequence[Decision]
) -> list[Decision]:
    if kind in UNDONE_HERE:
        return undo_member_decisions(ruling=ruling, decisions=decisions)
    if kind not in _INVERSE:
        raise NotToUndo
    act, argument, model = _INVERSE[kind]
    texts = model.objects.filter(pk__in=[it.target_id for it in decisions])
    undone: list[Decision] = act(ruling=ruling, **{argument: texts})
    return undone
