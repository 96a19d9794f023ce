"""Who follows whom, and how lists of people find it."""

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from accounts.models import User
from flasky_site.lib.pagination import Page, ids_on

if TYPE_CHECKING:
    from social.models import Follow  # Named in strings below.


class FollowQuerySet(QuerySet["Follow"]):
    def between(self, follower: User, followed: User) -> Self:
        """Limit to the one row that there can be."""
        return self.filter(follower=follower, followed=followed)

    def on_page(self, page: Page, *, of: str) -> Self:
        """Load one page of these follows with the members at the end ``of``, newest
        first.

        ``page.total`` must be the number of rows in this queryset. Who is not to be
        seen keeps their place in the count of a page and is left out of its rows.
        """
        ids = ids_on(page, self, "-id")
        shown = self.filter(User.objects.public_q(f"{of}__"), id__in=ids)
        unshown = [f"{of}__password", f"{of}__about_me"]
        return shown.select_related(of).defer(*unshown).order_by("-id")

    def ties(
        self, viewer: User, people: list[User]
    ) -> "QuerySet[Follow, tuple[int, int]]":
        """Load (follower, followed) for each tie of ``viewer`` to ``people``.

        Two looks into the unique index. One with OR could be planned as a scan of all
        who follow a member whom many follow.
        """
        ids = [person.pk for person in people]
        forth = self.filter(follower=viewer, followed__in=ids)
        back = self.filter(followed=viewer, follower__in=ids)
        columns = ("follower_id", "followed_id")
        return forth.values_list(*columns).union(back.values_list(*columns))
