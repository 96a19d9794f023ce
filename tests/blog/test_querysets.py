import pytest
from django.contrib.auth.models import AnonymousUser

from blog.models import Comment, Post, PostBlock
from flasky_site.lib.pagination import Page
from tests.factories import CommentFactory, PostFactory


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


@pytest.mark.django_db
class TestPageOf:
    @pytest.mark.parametrize("number", [1, 2, 3, 4])
    def test_finds_the_same_rows_from_either_end(self, alice, number):
        PostFactory.create_batch(10, author=alice)
        PostFactory()
        posts = Post.objects.by(alice)
        page = Page(number=number, size=3, total=10)

        newest_first = list(posts.order_by("-id"))
        assert list(posts.page_of(page)) == newest_first[page.skip : page.skip + 3]

    def test_of_nothing_asks_nothing(self, alice, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert not list(Post.objects.by(alice).page_of(Page(1, 20, 0)))


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

        thread = Comment.objects.in_thread(comment.post, page).with_readability(bob)

        assert [row.is_readable for row in thread] == [False]


@pytest.mark.django_db
class TestPostBlockCounts:
    def test_leaves_out_blocks_that_are_empty(self):
        PostBlock.objects.create(block=7, post_count=0)
        PostBlock.objects.create(block=8, post_count=3)

        assert PostBlock.objects.counts() == [(8, 3)]
