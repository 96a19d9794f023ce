"""What the services of posts and comments do with one row."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Decision, User
from accounts.services import Ruling, new_decision, record_decisions
from blog.exceptions import AuthorGone, CommentGone, PostGone
from blog.models import Comment, Post
from flasky_site.lib.merging import ChangedMeanwhile, merge
from flasky_site.lib.text import normalise_newlines, without_blank_ends


@contextmanager
def author_kept(author: User) -> Iterator[None]:
    """Write a row in a transaction. Raise AuthorGone when ``author`` is deleted.

    The databases look for the author when the transaction ends, and for a post too,
    which ``lock_post`` keeps in its place.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        if User.objects.filter(pk=author.pk).exists():
            # Something else is wrong, which nobody can put right by writing again.
            raise
        raise AuthorGone from None


def lock_post(post: Post) -> Post:
    """Return the post as it is now, which stays so until the transaction ends.

    Raise PostGone when somebody deleted it.
    """
    there = Post.objects.filter(pk=post.pk, deleted_at=None)
    locked = there.select_for_update(of=("self",), no_key=True).first()
    if locked is None:
        raise PostGone
    return locked


def lock_comment(comment: Comment) -> Comment:
    """Return the comment as it is now, which stays so until the transaction ends.

    Raise CommentGone when somebody deleted it, or the post above it.
    """
    there = Comment.objects.filter(
        pk=comment.pk, deleted_at=None, post__deleted_at=None
    )
    locked = there.select_for_update(of=("self",), no_key=True).first()
    if locked is None:
        raise CommentGone
    return locked


def rewrite(text: Post | Comment, *, body: str, seen: str | None) -> bool:
    """Give a locked row another text, and note when, unless it has it already.

    Return False in that case.

    ``seen`` is what the text was when somebody began to change it. Raise
    ChangedMeanwhile when it is something else by now.
    """
    # A form gives a text back without what a program may have left around it.
    current = {"body": _tidy(text.body)}
    changes, _kept = merge(
        wanted={"body": body},
        seen={} if seen is None else {"body": _tidy(seen)},
        current=current,
    )
    if changes:
        text.body = body
        text.edited_at = timezone.now()
        text.save(update_fields=["body", "edited_at"])
    return bool(changes)


def delete(text: Post | Comment, *, seen: str | None) -> bool:
    """Put a text out of sight, and return False when it is already.

    ``seen`` is what it was when somebody decided so. Raise ChangedMeanwhile when it is
    something else by now.
    """
    there = type(text)._default_manager.filter(pk=text.pk, deleted_at=None)
    judged = there if seen is None else there.filter(body=seen)
    # One statement, which locks the row as it judges it.
    if judged.update(deleted_at=timezone.now()):
        return True
    if current := there.first():
        raise ChangedMeanwhile({"body": current.body})
    return False


def note_intervention(
    kind: Decision.Kind,
    actor: User | None,
    text: Post | Comment,
    *,
    before: dict[str, str],
) -> None:
    """Write into the record that ``actor`` changed what somebody else wrote.

    None is the author.
    """
    if actor is None or actor.pk == text.author_id:
        return
    decision = new_decision(
        Ruling(actor=actor, reason=""),
        kind=kind,
        member=text.author,
        target_id=text.pk,
        before=before,
    )
    record_decisions(decisions=[decision])


def _tidy(text: str) -> str:
    return without_blank_ends(normalise_newlines(text))
