import re

import pytest
from django.utils import timezone
from pytest_django.asserts import (
    assertContains,
    assertNotContains,
    assertTemplateNotUsed,
)

from tests.factories import CommentFactory, PostFactory, UserFactory

SCRIPT = "<script>alert(1)</script>"
RIGHT_TO_LEFT = "\u202e\u05e9\u05e8\u05d4"


def page_of(client, address):
    return client.get(address).content.decode()


def links_in(page):
    return set(re.findall(r'(?:href|action)="([^"]+)"', page))


@pytest.mark.django_db
class TestPostDetail:
    def test_shows_the_post_to_strangers(self, client):
        post = PostFactory(body="Hello *there*")

        page = client.get(post.get_absolute_url()).content.decode()

        assert "Hello <em>there</em>" in page

    def test_is_404_for_a_post_that_is_not(self, client):
        assert client.get("/post/1/").status_code == 404
        assert client.get("/post/99999999999999999999/").status_code == 404

    def test_is_404_for_a_hidden_post_but_for_its_author_and_moderators(
        self, client, as_alice, as_bob, as_moderator, alice
    ):
        address = PostFactory(author=alice, is_hidden=True).get_absolute_url()

        assert client.get(address).status_code == 404
        assert as_bob.get(address).status_code == 404
        assert as_alice.get(address).status_code == 200
        assert as_moderator.get(address).status_code == 200

    def test_shows_a_disabled_comment_to_its_author_and_moderators_alone(
        self, client, as_alice, as_bob, as_moderator, alice
    ):
        comment = CommentFactory(author=alice, is_disabled=True, body="MARK")
        address = comment.post.get_absolute_url()

        for reader, is_readable in (
            (client, False),
            (as_bob, False),
            (as_alice, True),
            (as_moderator, True),
        ):
            page = reader.get(address).content.decode()
            assert ("MARK" in page) is is_readable
            assert f'id="comment-{comment.pk}"' in page

    @pytest.mark.parametrize(
        ("page", "first"),
        [("", 0), ("1", 0), ("2", 30), ("-1", 30), ("99", 30), ("abc", 0), ("0", 0)],
    )
    def test_pages_the_comments(self, client, page, first):
        post = PostFactory()
        comments = CommentFactory.create_batch(35, post=post)

        response = client.get(post.get_absolute_url(), {"page": page})

        shown = list(response.context["comments"])
        assert shown == comments[first : first + 30]

    @pytest.mark.parametrize("count", [1, 30])
    def test_costs_two_queries_for_strangers(
        self, client, count, django_assert_num_queries
    ):
        post = PostFactory()
        CommentFactory.create_batch(count, post=post)

        with django_assert_num_queries(2):  # the post, its comments
            client.get(post.get_absolute_url())

    @pytest.mark.parametrize("count", [1, 30])
    def test_costs_three_queries_for_the_author(
        self, as_alice, alice, count, django_assert_num_queries
    ):
        PostFactory.create_batch(2, author=alice)
        post = PostFactory(author=alice)
        PostFactory(author=alice)
        CommentFactory.create_batch(count - 1, post=post, author=alice)
        CommentFactory(post=post)

        with django_assert_num_queries(3):  # session with its member; post, comments
            as_alice.get(post.get_absolute_url())

    @pytest.mark.parametrize("count", [1, 30])
    def test_costs_four_queries_for_other_members(
        self, as_alice, count, django_assert_num_queries
    ):
        post = PostFactory()
        CommentFactory.create_batch(count, post=post)

        # One more for what is between the reader and the author.
        with django_assert_num_queries(4):
            as_alice.get(post.get_absolute_url())

    def test_shows_what_was_edited_and_when(self, client):
        post = PostFactory(edited_at=timezone.now())
        CommentFactory(post=post, edited_at=timezone.now())
        CommentFactory(post=post)

        page = page_of(client, post.get_absolute_url())

        assert len(re.findall(r">edited\s+<time", page)) == 2

    def test_leads_to_the_posts_before_and_after_by_the_same_author(self, as_bob):
        author = UserFactory()
        older, hidden, post, deleted, newer = (
            PostFactory(author=author, **fields)
            for fields in (
                {},
                {"is_hidden": True},
                {},
                {"deleted_at": timezone.now()},
                {},
            )
        )
        foreign = [PostFactory(), PostFactory()]

        links = links_in(page_of(as_bob, post.get_absolute_url()))

        assert {older.get_absolute_url(), newer.get_absolute_url()} <= links
        for other in (hidden, deleted, *foreign):
            assert other.get_absolute_url() not in links

    def test_shows_no_neighbours_where_there_are_none(self, client):
        post = PostFactory()
        PostFactory()

        assert 'id="neighbours"' not in page_of(client, post.get_absolute_url())

    def test_tells_moderators_that_a_post_is_deleted_and_lets_nobody_comment(
        self, as_moderator, as_administrator
    ):
        post = PostFactory(deleted_at=timezone.now(), is_hidden=True)
        CommentFactory(post=post)

        for reader in (as_moderator, as_administrator):
            page = page_of(reader, post.get_absolute_url())
            assert "Only moderators can see this post" in page
            assert 'id="comment-composer"' not in page
            assert f"/edit/{post.pk}/" not in page

    def test_shows_each_what_they_may_do(
        self, client, as_alice, as_bob, as_moderator, as_administrator, alice
    ):
        comment = CommentFactory(post=PostFactory(author=alice), author=alice)
        post = comment.post
        changes = {f"/edit/{post.pk}/", f"/post/{post.pk}/delete/"}
        changes |= {f"/comment/{comment.pk}/{verb}/" for verb in ("edit", "delete")}
        close = {f"/post/{post.pk}/comments/close/"}

        for reader, expected in (
            (client, set()),
            (as_bob, set()),
            (as_moderator, set()),
            (as_alice, changes | close),
            (as_administrator, changes),
        ):
            links = links_in(page_of(reader, post.get_absolute_url()))
            assert links & (changes | close) == expected

    def test_shows_html_and_script_as_text(self, client):
        author = UserFactory(name=SCRIPT)
        post = PostFactory(author=author, body=SCRIPT)
        CommentFactory(post=post, author=author, body=f"{SCRIPT} {RIGHT_TO_LEFT}")

        page = page_of(client, post.get_absolute_url())

        assert SCRIPT not in page
        assert page.count("&lt;script&gt;") >= 4

    def test_takes_no_other_methods(self, client):
        assert client.put(PostFactory().get_absolute_url()).status_code == 405


@pytest.mark.django_db
class TestPagesOfComments:
    @pytest.fixture
    def post(self):
        post = PostFactory()
        CommentFactory.create_batch(31, post=post)
        return post

    def test_are_links_that_htmx_turns_in_place(self, client, post):
        response = client.get(post.get_absolute_url())

        assertContains(response, '<a href="?page=2#comments" rel="next">')
        assertContains(response, 'hx-boost="true" hx-target="#comments"')
        assertNotContains(response, "hx-preserve")

    def test_answer_htmx_with_the_thread_alone(self, as_bob, post):
        address = f"{post.get_absolute_url()}?page=2"

        response = as_bob.get(address, headers={"HX-Request": "true"})

        assertTemplateNotUsed(response, "base.html")
        assert response.content.decode().lstrip().startswith('<section id="comments"')
        assert len(response.context["comments"]) == 1
        assert "HX-Request" in response["Vary"]

    def test_leave_htmx_the_form_in_which_somebody_types(self, as_bob, post):
        address = post.get_absolute_url()

        response = as_bob.get(address, headers={"HX-Request": "true"})

        assertContains(response, 'hx-preserve="true"', count=1)
