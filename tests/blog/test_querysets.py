import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from blog.models import Comment, Post, PostBlock
from blog.querysets import BLOCK_SIZE, SHALLOW
from flasky_site.lib.pagination import Page, last_page
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


@pytest.mark.django_db
class TestOnPage:
    @pytest.mark.parametrize("number", [1, 2, 3, 4])
    def test_finds_the_same_rows_from_either_end(self, alice, number):
        PostFactory.create_batch(10, author=alice)
        PostFactory()
        posts = Post.objects.by(alice)
        page = Page(number=number, size=3, total=10)

        newest_first = list(posts.order_by("-id"))
        assert list(posts.on_page(page)) == newest_first[page.skip : page.skip + 3]

    def test_of_nothing_asks_nothing(self, alice, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert not list(Post.objects.by(alice).on_page(Page(1, 20, 0)))


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
    @pytest.mark.parametrize("number", [1, 2, 3, 4])
    def test_pages_oldest_first_from_either_end(self, number):
        post = PostFactory()
        comments = CommentFactory.create_batch(10, post=post)
        CommentFactory()
        page = Page(number=number, size=3, total=10)

        found = list(Comment.objects.in_thread(post, page))

        assert found == comments[page.skip : page.skip + 3]

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
