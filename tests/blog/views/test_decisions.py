import pytest
from django.utils import timezone

from accounts import services as account_services
from accounts.models import Decision
from accounts.services import Ruling
from blog import services
from tests.factories import CommentFactory, DecisionFactory, PostFactory

PAGE = "/auth/decisions/"
Kind = Decision.Kind


def text_of(client, address=PAGE):
    return client.get(address).content.decode()


@pytest.fixture
def ruling(moderator):
    return Ruling(actor=moderator, reason="Not <b>here</b>.")


@pytest.mark.django_db
class TestOwnDecisions:
    def test_tells_what_was_done_when_and_why_but_not_by_whom(
        self, alice, as_alice, ruling
    ):
        post = PostFactory(author=alice)
        services.hide_posts(ruling=ruling, posts=[post])

        page = text_of(as_alice)

        assert "A post of yours was hidden." in page
        assert "Not &lt;b&gt;here&lt;/b&gt;." in page
        assert f'href="/post/{post.pk}/"' in page
        assert "marta" not in page

    @pytest.mark.parametrize("kind", Kind.values)
    def test_tells_each_kind_in_words(self, alice, as_alice, kind):
        DecisionFactory(kind=kind, member=alice, before={"body": "beforemark"})

        page = text_of(as_alice)

        assert "Reason" in page
        assert "beforemark" not in page

    def test_tells_of_nobody_else(self, alice, as_alice, bob):
        DecisionFactory(member=bob, reason="Bob's.")
        DecisionFactory(member=bob, actor=alice, reason="By Alice.")

        assert "Nothing was decided" in text_of(as_alice)

    def test_links_to_no_text_that_the_member_cannot_see(self, alice, as_alice):
        gone = PostFactory(author=alice, deleted_at=timezone.now())
        beneath = CommentFactory(author=alice, post=PostFactory(is_hidden=True))
        for kind, text in [(Kind.HIDE_POST, gone), (Kind.DISABLE_COMMENT, beneath)]:
            DecisionFactory(kind=kind, member=alice, target_id=text.pk)

        page = text_of(as_alice)

        assert f"Post {gone.pk}" in page
        assert f"Comment {beneath.pk}" in page
        assert f'href="/post/{gone.pk}/"' not in page
        assert f'href="/comment/{beneath.pk}/"' not in page

    def test_says_what_was_taken_back(self, alice, as_alice):
        hidden = DecisionFactory(kind=Kind.HIDE_POST, member=alice, target_id=1)
        assert "Taken back" not in text_of(as_alice)

        DecisionFactory(
            kind=Kind.RESTORE_POST, member=alice, target_id=1, undoes=hidden
        )

        assert "Taken back" in text_of(as_alice)

    def test_goes_on_by_id(self, alice, as_alice, settings):
        settings.DECISIONS_PER_PAGE = 2
        first, second, third = DecisionFactory.create_batch(3, member=alice)

        older = text_of(as_alice, f"{PAGE}?before={second.pk}")

        assert f"?before={second.pk}" in text_of(as_alice)
        assert first.reason in older
        assert third.reason not in older

    @pytest.mark.parametrize("rows", [1, 25])
    def test_costs_the_same_for_any_number_of_rows(
        self, alice, as_alice, rows, django_assert_num_queries
    ):
        for _number in range(rows):
            post = PostFactory(author=alice)
            comment = CommentFactory(author=alice, post=post)
            DecisionFactory(kind=Kind.HIDE_POST, member=alice, target_id=post.pk)
            DecisionFactory(
                kind=Kind.DISABLE_COMMENT, member=alice, target_id=comment.pk
            )

        # Session, member and permissions before decisions, posts and comments.
        with django_assert_num_queries(4):
            as_alice.get(PAGE)

    def test_is_shut_to_the_suspended_who_read_it_on_their_page(
        self, alice, as_alice, ruling
    ):
        post = PostFactory(author=alice)
        services.hide_posts(ruling=ruling, posts=[post])
        account_services.suspend_members(ruling=ruling, members=[alice], until=None)

        response = as_alice.get(PAGE)

        assert response.url == "/auth/suspended/"
        page = text_of(as_alice, response.url)
        assert page.count("Not &lt;b&gt;here") == 2
        assert "A post of yours was hidden." in page
        assert "Your account was suspended." not in page
        assert f"/post/{post.pk}/" not in page
        assert "marta" not in page


@pytest.mark.django_db
class TestReasonBesideAText:
    REASON = "Not &lt;b&gt;here&lt;/b&gt;."

    @pytest.fixture
    def post(self, alice, bob, ruling):
        """Alice's and hidden, with a disabled comment of hers and one of Bob's."""
        post = PostFactory(author=alice)
        comments = [CommentFactory(post=post, author=one) for one in [alice, bob]]
        services.hide_posts(ruling=ruling, posts=[post])
        services.disable_comments(ruling=ruling, comments=comments)
        return post

    def test_is_told_to_the_author_with_the_way_on(self, post, as_alice):
        page = text_of(as_alice, f"/post/{post.pk}/")

        assert page.count(self.REASON) == 2
        assert page.count(f'href="{PAGE}"') >= 2

    def test_is_the_last_one(self, post, as_alice, moderator):
        services.restore_posts(
            ruling=Ruling(actor=moderator, reason="No."), posts=[post]
        )
        services.hide_posts(ruling=Ruling(actor=moderator, reason="Lo!"), posts=[post])

        page = text_of(as_alice, f"/post/{post.pk}/")

        assert "Lo!" in page
        assert page.count(self.REASON) == 1

    def test_is_not_told_to_others(self, post, as_alice, as_bob, ruling):
        services.restore_posts(ruling=ruling, posts=[post])

        bobs = text_of(as_bob, f"/post/{post.pk}/")

        # His own comment's alone.
        assert bobs.count(self.REASON) == 1

    def test_is_not_told_to_moderators_as_if_the_text_were_theirs(
        self, post, as_moderator
    ):
        page = text_of(as_moderator, f"/post/{post.pk}/")

        assert self.REASON not in page
        assert "What you can do" not in page

    def test_costs_two_queries_however_many_comments_are_disabled(
        self, post, alice, as_alice, ruling, django_assert_num_queries
    ):
        more = CommentFactory.create_batch(10, post=post, author=alice)
        services.disable_comments(ruling=ruling, comments=more)
        plain = PostFactory(author=alice)
        CommentFactory(post=plain, author=alice)

        with django_assert_num_queries(3):
            as_alice.get(f"/post/{plain.pk}/")
        with django_assert_num_queries(5):
            as_alice.get(f"/post/{post.pk}/")
