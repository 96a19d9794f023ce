from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Decision
from tests.factories import (
    CommentFactory,
    DecisionFactory,
    OutgoingMailFactory,
    PostFactory,
    UserFactory,
)

DESK = "/admin/"
Kind = Decision.Kind


@pytest.fixture
def old_hand(db):
    """Joined before everybody else of the cast."""
    return UserFactory(date_joined=timezone.now() - timedelta(days=4))


def page_of(client):
    return client.get(DESK).content.decode()


@pytest.mark.django_db
class TestNewcomers:
    def test_are_shown_with_their_newest_texts_whatever_their_state(
        self, old_hand, alice, as_moderator
    ):
        PostFactory(author=old_hand, body="of an old hand")
        post = PostFactory(author=alice, body="of a newcomer <b>", is_hidden=True)
        CommentFactory(author=alice, post=post, body="and this")

        page = page_of(as_moderator)

        assert "of an old hand" not in page
        assert "of a newcomer &lt;b&gt;" in page
        assert page.index("and this") < page.index("of a newcomer")

    def test_are_shown_without_what_they_deleted(self, old_hand, alice, as_moderator):
        PostFactory(author=alice, body="deletedmark", deleted_at=timezone.now())

        assert "deletedmark" not in page_of(as_moderator)

    def test_are_ten_texts_at_most(self, old_hand, alice, as_moderator):
        PostFactory.create_batch(11, author=alice, body="newcomermark")

        assert page_of(as_moderator).count("newcomermark") == 10


@pytest.mark.django_db
class TestLatestDecisions:
    def test_are_those_that_the_reader_may_see(self, as_moderator, as_administrator):
        DecisionFactory(kind=Kind.CHANGE_ROLE, reason="rolemark")
        DecisionFactory(kind=Kind.HIDE_POST, target_id=1, reason="postmark")

        assert "postmark" in page_of(as_moderator)
        assert "rolemark" not in page_of(as_moderator)
        assert "rolemark" in page_of(as_administrator)


@pytest.mark.django_db
class TestFailedMail:
    def test_is_for_administrators(self, as_moderator, as_administrator):
        OutgoingMailFactory(failed=True, recipients="addressmark@example.com")
        OutgoingMailFactory(sent=True, recipients="sentmark@example.com")

        assert "addressmark" not in page_of(as_moderator)
        assert "Mail that could not be sent" not in page_of(as_moderator)
        page = page_of(as_administrator)
        assert "addressmark" in page
        assert "sentmark" not in page


@pytest.mark.django_db
class TestCharts:
    def counts(self, client, name):
        """What the table beneath a chart says, the newest day first."""
        page = page_of(client)
        figure = page[page.index(f'id="chart-{name}"') :].split("</figure>")[0]
        return [int(cell.split("</td>")[0]) for cell in figure.split("<td>")[1:]]

    def test_tell_each_of_the_last_thirty_days(self, as_moderator, old_hand):
        now = timezone.now()
        for days in [40, 29, 1, 1, 0]:
            PostFactory(author=old_hand, created_at=now - timedelta(days=days))

        counts = self.counts(as_moderator, "posts")

        assert len(counts) == 30
        assert (counts[0], counts[1], counts[29]) == (1, 2, 1)
        assert sum(counts) == 4

    def test_tell_of_members_comments_and_decisions_too(self, as_moderator, moderator):
        CommentFactory()
        DecisionFactory()

        # The moderator, who wrote the post and the comment, and whom it is about.
        assert self.counts(as_moderator, "members")[0] == 4
        assert self.counts(as_moderator, "comments")[0] == 1
        assert self.counts(as_moderator, "decisions")[0] == 1

    def test_are_named_and_drawn_without_style(self, as_moderator, old_hand):
        PostFactory(author=old_hand)

        page = page_of(as_moderator)

        assert page.count("<svg") >= 4
        assert page.count("<desc id=") == 4
        assert "style=" not in page[page.index('id="charts"') :]


@pytest.mark.django_db
class TestFrontPage:
    @pytest.mark.parametrize("rows", [1, 12])
    def test_costs_the_same_on_every_site(
        self, as_administrator, rows, django_assert_max_num_queries
    ):
        for _number in range(rows):
            CommentFactory()
            DecisionFactory()
            OutgoingMailFactory(failed=True)

        with django_assert_max_num_queries(15):
            as_administrator.get(DESK)
