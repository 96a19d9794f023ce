import pytest
from django.apps import apps
from django.db import models
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

from blog.models import Comment, Post
from flasky_site.lib.models import ReadModel
from tests.factories import CommentFactory, PostFactory

READ = [model for model in apps.get_models() if issubclass(model, ReadModel)]


def as_django_makes_it(row):
    names = [field.attname for field in row._meta.concrete_fields]
    values = [row.__dict__[name] for name in names]
    return models.Model.from_db.__func__(type(row), "default", names, values)


@pytest.mark.django_db
class TestReadModel:
    def test_makes_the_rows_that_django_makes(self):
        CommentFactory()

        for model in READ:
            row = model.objects.first()
            known = as_django_makes_it(row)
            assert row == known
            assert {**vars(row), "_state": None} == {**vars(known), "_state": None}
            assert not row._state.adding
            assert row._state.db == "default"

    def test_reads_what_is_deferred_when_it_is_asked_for(
        self, django_assert_num_queries
    ):
        post = PostFactory(body="Later")

        [found] = Post.objects.filter(pk=post.pk).only("created_at")

        assert found.get_deferred_fields() >= {"body", "author_id"}
        with django_assert_num_queries(3):  # body; author_id; author
            assert (found.body, found.author) == ("Later", post.author)

    def test_forgets_what_belonged_to_it_when_that_changes(self):
        CommentFactory()
        other = PostFactory()
        [found] = Comment.objects.select_related("post")

        found.post_id = other.pk

        assert found.post == other

    def test_changes_and_is_refreshed_like_any_row(self):
        [found] = Post.objects.filter(pk=PostFactory(body="Old").pk)
        found.body = "New"
        found.save()
        Post.objects.filter(pk=found.pk).update(body="Newest")

        assert Post.objects.get(pk=found.pk).body == "Newest"
        found.refresh_from_db()
        assert found.body == "Newest"


class TestEveryReadModel:
    def test_has_no_field_with_a_setter_of_its_own(self):
        plain = {DeferredAttribute, ForeignKeyDeferredAttribute}

        assert len(READ) >= 3
        for model in READ:
            for field in model._meta.concrete_fields:
                assert type(vars_of(model, field.attname)) in plain, field

    def test_is_not_listened_to_when_it_is_made(self):
        for signal in (pre_init, post_init):
            for model in READ:
                assert not signal.has_listeners(model), (signal, model)

    def test_needs_no_init(self):
        for model in READ:
            assert model.__init__ is models.Model.__init__


def vars_of(model, name):
    return next(vars(base)[name] for base in model.__mro__ if name in vars(base))
