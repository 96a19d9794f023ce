"""What moderators and authors took away reaches nobody else, on any address."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.services import Ruling
from blog import services
from tests.api.test_addresses import routes
from tests.factories import CommentFactory, FollowFactory, PostFactory, UserFactory
from tests.test_addresses import ADDRESSES

MARKS = {
    "hiddenpostmark",
    "deletedpostmark",
    "disabledcommentmark",
    # It has no place in a thread, whoever looks; moderators find it on the desk.
    "deletedcommentmark",
    # What was hidden with its author's suspension, and what stands beneath it.
    "suspendedpostmark",
    "beneathsuspendedmark",
}


def make_marked_rows(cast, gone, moderator):
    now = timezone.now()
    hidden = PostFactory(author=cast, body="hiddenpostmark", is_hidden=True)
    deleted = PostFactory(author=cast, body="deletedpostmark", deleted_at=now)
    post = PostFactory(author=cast)
    suspended = PostFactory(author=gone, body="suspendedpostmark")
    comments = [
        CommentFactory(
            post=post, author=cast, body="disabledcommentmark", is_disabled=True
        ),
        CommentFactory(
            post=post, author=cast, body="deletedcommentmark", deleted_at=now
        ),
        CommentFactory(post=suspended, body="beneathsuspendedmark"),
    ]
    services.suspend_authors(
        ruling=Ruling(actor=moderator, reason="Spam."),
        members=[gone],
        until=None,
        hides_posts=True,
    )
    return {"post": [hidden, deleted, post, suspended], "comment": comments}


def pages_about(kind, texts):
    """Yield the addresses of these posts or comments, on the site and on the desk."""
    ways = (f"blog:{kind}_", f"admin:blog_{kind}_")
    for name, (_row, arguments) in ADDRESSES.items():
        # Lists and acts take no id in the path.
        if name.startswith(ways) and arguments and not name.endswith("_act"):
            yield from (reverse(name, args=[text.pk]) for text in texts)
    desk = reverse(f"admin:blog_{kind}_changelist")
    for slug in ("hide", "restore") if kind == "post" else ("disable", "enable"):
        yield from (f"{desk}act/{slug}/?id={text.pk}" for text in texts)


def pages_of_members(cast, gone):
    """Yield what is about the two who wrote; ``ADDRESSES`` has those of the first."""
    for name, (_row, arguments) in ADDRESSES.items():
        yield reverse(name, args=arguments)
        if arguments == ["cast"]:
            yield reverse(name, args=[gone.username])
    for person in (cast, gone):
        yield reverse("admin:accounts_user_change", args=[person.pk])


def answers_of_the_api(rows):
    """Yield what can be read of the API, filled with these rows and everybody."""
    gaps = {
        "<int:post_id>": rows["post"],
        "<int:comment_id>": rows["comment"],
        "<int:user_id>": User.objects.all(),
    }
    for _name, path, methods in routes():
        if "GET" not in methods:
            continue
        gap = next((gap for gap in gaps if gap in path), "")
        for row in gaps.get(gap, [None]):
            address = f"/api/v1/{path.replace(gap, str(row.pk)) if gap else path}"
            yield address
            yield f"{address}?author=cast"
            yield f"{address}?author=gone&ordering=created_at"


@pytest.mark.django_db
class TestHiddenText:
    @pytest.fixture
    def everywhere(self, moderator):
        """Every address that can be reached, with marked rows behind it."""
        cast, gone = UserFactory(username="cast"), UserFactory(username="gone")
        rows = make_marked_rows(cast, gone, moderator)
        for follower in User.objects.exclude(pk__in=[cast.pk, gone.pk]):
            FollowFactory(follower=follower, followed=cast)
            FollowFactory(follower=follower, followed=gone)
        return {
            *pages_of_members(cast, gone),
            *pages_about("post", rows["post"]),
            *(reverse("blog:comment_feed", args=[post.pk]) for post in rows["post"]),
            *pages_about("comment", rows["comment"]),
            *answers_of_the_api(rows),
        }

    def marks_seen_by(self, client, addresses):
        answers = [client.get(address).getvalue() for address in addresses]
        pages = b"".join(answers).decode()
        return {mark for mark in MARKS if mark in pages}

    @pytest.mark.parametrize("visitor", ["stranger", "newcomer", "suspended", "user"])
    def test_reaches_nobody_on_any_address(self, visitor, clients, everywhere):
        assert not self.marks_seen_by(clients[visitor], everywhere)

    def test_is_looked_for_in_the_api_too(self, clients, everywhere):
        api = {address for address in everywhere if address.startswith("/api/")}
        found = self.marks_seen_by(clients["moderator"], api)

        # What its author deleted, programs do not show to moderators in lists.
        assert found >= {"hiddenpostmark", "disabledcommentmark", "suspendedpostmark"}

    @pytest.mark.parametrize("visitor", ["moderator", "administrator"])
    def test_reaches_moderators(self, visitor, clients, everywhere):
        assert self.marks_seen_by(clients[visitor], everywhere) == MARKS
