import pytest

from blog.markdown import render_comment, render_post
from blog.models import Comment, Post
from tests.factories import CommentFactory, PostFactory, UserFactory
from tests.markup import Markup, hrefs

pytestmark = pytest.mark.django_db


class TestRenderPost:
    def test_has_headings_and_tables(self):
        html = Markup(render_post("# a\n\n|b|\n|-|"))

        assert html.find("h3")
        assert html.find("table")

    def test_links_a_member_by_their_name_in_any_case(self):
        UserFactory(username="Alice")

        html = render_post("@aLICE")

        assert hrefs(html) == ["/user/Alice/"]

    @pytest.mark.parametrize("traits", [{"is_active": False}, {"confirmed_at": None}])
    def test_links_nobody_who_has_no_page(self, traits):
        UserFactory(username="alice", **traits)

        assert render_post("@alice @bob") == "<p>@alice @bob</p>\n"

    def test_looks_everybody_up_in_one_query(self, django_assert_num_queries):
        members = UserFactory.create_batch(3)

        with django_assert_num_queries(1):
            html = render_post(" ".join(f"@{member}." for member in members))

        assert len(hrefs(html)) == 3

    def test_looks_nobody_up_where_nobody_is_mentioned(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            render_post("# a\n\nb@example.com `@alice`")

    def test_asks_for_a_thousand_names_at_once(self, django_assert_num_queries):
        UserFactory(username="name999")

        with django_assert_num_queries(1):
            html = render_post(" ".join(f"@name{number}" for number in range(1000)))

        assert hrefs(html) == ["/user/name999/"]


class TestRenderComment:
    def test_keeps_the_text_of_headings_and_tables_as_paragraphs(self):
        html = render_comment("# a\n\nb\n---\n\n|c|\n|-|")

        assert html == "<p>a</p>\n<p>b</p>\n<p>|c|\n|-|</p>\n"

    def test_allows_the_rest(self):
        UserFactory(username="alice")

        html = Markup(render_comment("- [ ] ~~@alice~~[^1]\n\n[^1]: `a`\n\n> b.com"))

        assert len(html.find("a")) == 4
        assert html.find("blockquote")
        assert html.find("code")
        assert html.find("s")


class TestTheField:
    def test_renders_a_comment_as_one(self):
        assert CommentFactory(body="# a").body_html == "<p>a</p>\n"

    def test_renders_a_comment_as_one_when_a_queryset_is_updated(self):
        comment = CommentFactory()

        Comment.objects.update(body="# a")

        comment.refresh_from_db()
        assert comment.body_html == "<p>a</p>\n"

    def test_looks_up_the_people_of_many_new_posts_at_once(
        self, django_assert_num_queries
    ):
        alice, bob = UserFactory(username="alice"), UserFactory(username="bob")
        posts = [Post(author=bob, body=body) for body in ("@alice", "_@bob_", "@eve")]

        # The mentioned, who is not seen without parsing, and the rows.
        with django_assert_num_queries(3):
            made = Post.objects.bulk_create(posts)

        found = [hrefs(post.body_html) for post in made]
        assert found == [[alice.get_absolute_url()], [bob.get_absolute_url()], []]

    def test_looks_up_the_people_of_many_changed_posts_at_once(
        self, django_assert_max_num_queries
    ):
        alice = UserFactory(username="alice")
        posts = PostFactory.create_batch(5, author=alice)
        for post in posts:
            post.body = "@alice and @bob"

        # The savepoint and its end, who is mentioned, and the rows.
        with django_assert_max_num_queries(4):
            Post.objects.bulk_update(posts, ["body"])

        bodies = Post.objects.values_list("body_html", flat=True)
        assert all(hrefs(html) == ["/user/alice/"] for html in bodies)

    def test_looks_nobody_up_for_rows_that_mention_nobody(
        self, django_assert_num_queries
    ):
        author = UserFactory()

        with django_assert_num_queries(1):
            Post.objects.bulk_create([Post(author=author, body="a")])
