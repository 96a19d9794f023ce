"""Keeping members out, together with what they wrote."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.models import Decision, User
from accounts.services import Ruling, suspend_members, wait_for_turn
from blog.models import Comment, Post
from blog.querysets import PostQuerySet

from .moderation import hide_posts


@transaction.atomic
def suspend_authors(
    *,
    ruling: Ruling,
    members: Iterable[User],
    until: datetime | None,
    hides_posts: bool = False,
) -> list[Decision]:
    """Suspend ``members`` and hide their posts, if wanted, in one act.

    Return what that wrote into the record, suspensions first. Raise what
    ``suspend_members`` raises.
    """
    members = list(members)
    if hides_posts:
        lock_with_posts(
            members=[member.pk for member in members],
            posts=Post.objects.public().filter(author__in=members),
        )
    decisions = suspend_members(ruling=ruling, members=members, until=until)
    if hides_posts:
        # Also of those who were suspended just so before, with their posts left.
        posts = Post.objects.public().filter(author__in=members)
        decisions = [*decisions, *hide_posts(ruling=ruling, posts=posts.only("pk"))]
    return decisions


def lock_with_posts(*, members: Iterable[int], posts: PostQuerySet) -> None:
    """Lock ``posts``, then the members with these ids and who commented there.

    In the order that everybody keeps to. Suspending locks members alone, and turning
    their posts would lock those after them, crosswise with who turns one of them.
    """
    wait_for_turn()
    rows = posts.order_by("pk").select_for_update(of=("self",), no_key=True)
    list(rows.values_list("pk", flat=True))
    writers = Comment.objects.filter(post__in=posts.values("pk")).values("author")
    concerned = Q(pk__in=list(members)) | Q(pk__in=writers)
    people = User.objects.filter(concerned).order_by("pk")
    list(people.select_for_update(no_key=True).values_list("pk", flat=True))
