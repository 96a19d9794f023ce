import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.cards import show_posts
from blog.models import Comment, Post, PostBlock
from blog.querysets import BLOCK_SIZE, SHALLOW
from blog.reads import read_posts_by
from flasky_site.lib import pagination
from flasky_site.lib.pagination import NEAR, Page, last_page
from tests.blog.test_desk_plans import plan_of, plans_of_large_tables
from tests.factories import CommentFactory, PostFactory, UserFactory


@pytest.mark.django_db
class TestPostsVisibleTo:
    @pytest.fixture
    def hidden(self, alice):
        return PostFactory(author=alice, is_hidden=True)

    def test_shows_public_posts_to_strangers(self):
        post = PostFactory()

        assert list(Post.objects.visible_to(AnonymousUser())) == [post]

    def test_hides_hidden_posts_from_strangers_and_other_members(self, hidden, bob):
        assert not Post.objects.visible_to(AnonymousUser()).exists()
        assert not Post.objects.visible_to(bob).exists()

    def test_shows_authors_their_own(self, hidden, alice):
        assert list(Post.objects.visible_to(alice)) == [hidden]

    def test_shows_moderators_everything(self, hidden, moderator, administrator):
        assert list(Post.objects.visible_to(moderator)) == [hidden]
        assert list(Post.objects.visible_to(administrator)) == [hidden]

    def test_keeps_deleted_posts_for_moderators_alone(self, alice, moderator):
        deleted = PostFactory(author=alice, deleted_at=timezone.now())

        assert not Post.objects.visible_to(AnonymousUser()).exists()
        assert not Post.objects.visible_to(alice).exists()
        assert list(Post.objects.visible_to(moderator)) == [deleted]


@pytest.fixture(params=[0, 1, NEAR])
def _near(request, monkeypatch):
    """Have a page be near an end, in between, or either."""
    monkeypatch.setattr(pagination, "NEAR", request.param)


@pytest.mark.django_db
class TestOnPageOf:
    @pytest.mark.usefixtures("_near")
    @pytest.mark.parametrize("number", [1, 2, 3, 4])
    def test_finds_the_same_rows_from_either_end(self, alice, number):
        PostFactory.create_batch(10, author=alice)
        PostFactory(author=alice, is_hidden=True)
        PostFactory()
        posts = Post.objects.public()
        page = Page(number=number, size=3, total=10)

        newest_first = list(posts.by(alice).order_by("-id"))
        found = posts.on_page_of(alice, page)
        assert list(found) == newest_first[page.skip : page.skip + 3]

    def test_of_nothing_asks_nothing(self, alice, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert not Post.objects.on_page_of(alice, Page(1, 20, 0))

    def test_reads_no_author_again(self, alice, django_assert_num_queries):
        PostFactory.create_batch(3, author=alice)

        with django_assert_num_queries(1) as captured:
            posts = read_posts_by(alice, Page(1, 20, 3))
            assert len([*show_posts(posts, "2")]) == 3

        assert {post.author for post in posts} == {alice}
        assert "accounts_user" not in captured[0]["sql"]

    @pytest.mark.parametrize("number", [1, 2, 9])
    def test_of_who_wrote_much_and_long_ago_walks_along_nothing(
        self, alice, bob, number
    ):
        for author in (alice, bob):
            Post.objects.bulk_create(
                Post(author=author, body="A post") for _ in range(1000)
            )

        with plans_of_large_tables(), CaptureQueriesContext(connection) as captured:
            page = Page(number, 20, 1000)
            posts = list(Post.objects.public().on_page_of(alice, page))
        plan = plan_of(captured[0]["sql"])

        assert len(posts) == 20
        assert plan.count("public_post_by_author") == (1 if number == 1 else 2)
        assert not re.search(r"public_post\b|pkey|TEMP B-TREE|Sort", plan)


@pytest.mark.django_db
class TestOnPageByBlocks:
    @pytest.fixture
    def everything(self):
        """Three hundred posts in three blocks of ids, some hidden, newest first."""
        author = UserFactory()
        starts = (BLOCK_SIZE - 40, BLOCK_SIZE * 2 - 100, BLOCK_SIZE * 4 - 50)
        Post.objects.bulk_create(
            Post(id=start + n, author=author, body="a", is_hidden=n % 7 == 0)
            for start in starts
            for n in range(100)
        )
        return list(Post.objects.public().order_by("-id"))

    def test_finds_every_post_once(self, everything):
        blocks = PostBlock.objects.counts()
        pages = [
            Page(number, 20, len(everything))
            for number in range(1, last_page(len(everything), 20) + 1)
        ]

        found = [
            post
            for page in pages
            for post in Post.objects.on_page_by_blocks(page, blocks)
        ]

        assert sum(count for _block, count in blocks) == len(everything)
        assert found == everything

    def test_skips_no_more_than_a_block_on_a_deep_page(
        self, everything, django_assert_num_queries
    ):
        blocks = PostBlock.objects.counts()
        page = Page(SHALLOW // 20 + 1, 20, len(everything))

        with django_assert_num_queries(1) as captured:
            list(Post.objects.on_page_by_blocks(page, blocks))

        assert '"id" < ' in captured[0]["sql"]

    def test_finds_nothing_where_nothing_is(self):
        assert not list(Post.objects.on_page_by_blocks(Page(1, 20, 0), []))


@pytest.mark.django_db
class TestCommentsVisibleTo:
    @pytest.fixture
    def disabled(self, alice):
        return CommentFactory(author=alice, is_disabled=True)

    def test_hides_disabled_text_from_strangers_and_other_members(self, disabled, bob):
        assert not Comment.objects.visible_to(AnonymousUser()).exists()
        assert not Comment.objects.visible_to(bob).exists()

    def test_shows_it_to_its_author_and_to_moderators(self, disabled, alice, moderator):
        assert list(Comment.objects.visible_to(alice)) == [disabled]
        assert list(Comment.objects.visible_to(moderator)) == [disabled]

    def test_shows_everybody_the_rest(self):
        comment = CommentFactory()

        assert list(Comment.objects.visible_to(AnonymousUser())) == [comment]

    def test_keeps_deleted_comments_for_moderators_alone(self, alice, moderator):
        deleted = CommentFactory(author=alice, deleted_at=timezone.now())

        assert not Comment.objects.visible_to(AnonymousUser()).exists()
        assert not Comment.objects.visible_to(alice).exists()
        assert list(Comment.objects.visible_to(moderator)) == [deleted]

    @pytest.mark.parametrize(
        "away", [{"is_hidden": True}, {"deleted_at": timezone.now()}]
    )
    def test_hides_what_stands_beneath_a_post_that_is_away(self, away, bob):
        CommentFactory(post=PostFactory(**away), author=bob)

        assert not Comment.objects.visible_to(AnonymousUser()).exists()
        assert not Comment.objects.visible_to(bob).exists()

    def test_shows_the_author_of_a_hidden_post_what_stands_beneath(self, alice):
        comment = CommentFactory(post=PostFactory(author=alice, is_hidden=True))

        assert list(Comment.objects.visible_to(alice)) == [comment]


@pytest.mark.django_db
class TestInThread:
    @pytest.mark.usefixtures("_near")
    @pytest.mark.parametrize("number", [1, 2, 3, 4])
    def test_pages_oldest_first_from_either_end(self, number):
        post = PostFactory()
        comments = CommentFactory.create_batch(10, post=post)
        CommentFactory()
        CommentFactory(post=post, deleted_at=timezone.now())
        page = Page(number=number, size=3, total=10)

        for find in (Comment.objects.in_thread, Comment.objects.on_page_of):
            assert list(find(post, page)) == comments[page.skip : page.skip + 3]

    def test_of_a_thread_of_long_ago_walks_along_nothing(self):
        posts = PostFactory.create_batch(2)
        for post in posts:
            Comment.objects.bulk_create(
                Comment(post=post, author=post.author, body="A") for _ in range(1000)
            )

        page = Page(3, 30, 1000)
        with plans_of_large_tables(), CaptureQueriesContext(connection) as captured:
            assert len(Comment.objects.on_page_of(posts[1], page)) == 30
        plan = plan_of(captured[0]["sql"])

        assert plan.count("comment_in_thread") == 2
        assert not re.search(r"comment_pkey|TEMP B-TREE|Sort", plan)

    def test_keeps_the_place_of_disabled_comments(self, bob):
        comment = CommentFactory(is_disabled=True)
        page = Page(number=1, size=30, total=1)

        thread = Comment.objects.in_thread(comment.post, page).with_readable_html(bob)

        assert [row.readable_html for row in thread] == [None]

    def test_gives_deleted_comments_no_place(self, moderator):
        comment = CommentFactory()
        CommentFactory(post=comment.post, deleted_at=timezone.now())
        page = Page(number=1, size=30, total=1)

        thread = Comment.objects.in_thread(comment.post, page)

        assert list(thread.with_readable_html(moderator)) == [comment]

    def test_brings_the_text_in_one_query(self, django_assert_num_queries):
        post = CommentFactory(body="a").post
        thread = Comment.objects.in_thread(post, Page(number=1, size=30, total=1))

        with django_assert_num_queries(1):
            texts = [
                row.readable_html for row in thread.with_readable_html(AnonymousUser())
            ]

        assert texts == ["<p>a</p>\n"]


@pytest.mark.django_db
class TestPostBlockCounts:
    def test_leaves_out_blocks_that_are_empty(self):
        PostBlock.objects.create(block=7, post_count=0)
        PostBlock.objects.create(block=8, post_count=3)

        assert PostBlock.objects.counts() == [(8, 3)]
