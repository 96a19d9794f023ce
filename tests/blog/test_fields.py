import pytest
from django.db.models.functions import Upper

from blog.fields import MarkdownFormField
from blog.models import Post
from tests.factories import PostFactory, UserFactory


class TestMarkdownFormField:
    def test_counts_a_line_break_as_one_character_as_browsers_do(self):
        field = MarkdownFormField(max_length=3)

        assert field.clean("a\r\nb") == "a\nb"

    def test_keeps_the_indentation_that_makes_code(self):
        assert MarkdownFormField().clean("\n  \n    code\n\n") == "    code"


@pytest.mark.django_db
class TestRenderedMarkdownField:
    def test_is_rendered_when_a_row_is_made(self):
        assert PostFactory(body="*a*").body_html == "<p><em>a</em></p>\n"

    def test_follows_a_save_of_the_body_alone(self):
        post = PostFactory()
        post.body = "*new*"

        post.save(update_fields=["body"])

        post.refresh_from_db()
        assert post.body_html == "<p><em>new</em></p>\n"

    def test_follows_a_bulk_insert(self):
        Post.objects.bulk_create([Post(author=UserFactory(), body="*a*")])

        assert Post.objects.get().body_html == "<p><em>a</em></p>\n"

    def test_follows_a_bulk_update(self):
        post = PostFactory()
        post.body = "*new*"

        Post.objects.bulk_update([post], ["body"])

        post.refresh_from_db()
        assert post.body_html == "<p><em>new</em></p>\n"

    def test_follows_an_update_of_a_queryset(self):
        post = PostFactory()

        Post.objects.update(body="*new*")

        post.refresh_from_db()
        assert post.body_html == "<p><em>new</em></p>\n"

    def test_follows_an_upsert(self):
        post = PostFactory()
        post.body = "*new*"

        Post.objects.bulk_create(
            [post], update_conflicts=True, update_fields=["body"], unique_fields=["id"]
        )

        post.refresh_from_db()
        assert post.body_html == "<p><em>new</em></p>\n"

    def test_refuses_a_body_that_the_database_would_compute(self):
        PostFactory()

        with pytest.raises(TypeError):
            Post.objects.update(body=Upper("body"))

    def test_stays_when_something_else_is_updated(self):
        post = PostFactory(body="*a*")

        Post.objects.update(is_hidden=True)
        Post.objects.bulk_update([post], ["created_at"])

        post.refresh_from_db()
        assert post.body_html == "<p><em>a</em></p>\n"
