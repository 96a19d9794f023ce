import pytest
from django.contrib.auth import get_user_model
from django.db.models import Q, Value
from django.utils import timezone

from flasky_site.lib import prepared as prepared_module
from flasky_site.lib.prepared import prepared
from tests.factories import PostFactory, UserFactory

User = get_user_model()


@prepared
def named(username, *ids, field="username"):
    found = User.objects.filter(**{field: username})
    return found.exclude(pk__in=ids).order_by("pk") if ids else found.order_by("pk")


@pytest.mark.django_db
class TestPrepared:
    def test_finds_what_the_queryset_does_for_each_value(self):
        ada, bo = UserFactory(username="ada"), UserFactory(username="bo")

        assert [named("ada"), named("bo"), named("cy")] == [[ada], [bo], []]

    def test_asks_each_time(self, django_assert_num_queries):
        ada = UserFactory(username="ada")
        named("ada")

        User.objects.filter(pk=ada.pk).update(name="Ada L.")

        with django_assert_num_queries(1):
            [found] = named("ada")
        assert found.name == "Ada L."

    def test_puts_it_together_once(self):
        made = []

        @prepared
        def by_id(user_id):
            made.append(user_id)
            return User.objects.filter(pk=user_id)

        people = UserFactory.create_batch(3)

        assert [by_id(person.pk) for person in people] == [[it] for it in people]
        assert len(made) == 1

    def test_tells_shapes_apart(self):
        ada = UserFactory(username="ada", name="bo")
        bo = UserFactory(username="bo", name="ada")

        assert named("ada") == [ada]
        assert named("ada", field="name") == [bo]
        assert named("ada", ada.pk) == []
        assert named("ada", bo.pk, bo.pk + 1) == [ada]

    def test_reads_moments_and_what_is_joined_as_the_queryset_does(self):
        post = PostFactory()

        @prepared
        def found_by(post_id):
            posts = type(post).objects.filter(pk=post_id).select_related("author")
            return posts.defer("body").annotate(mark=Value("x"))

        [found] = found_by(post.pk)

        [known] = type(post).objects.filter(pk=post.pk).select_related("author")
        assert found.created_at == known.created_at
        assert found.author.date_joined == known.author.date_joined
        assert found.get_deferred_fields() == {"body"}
        assert found.mark == "x"

    def test_returns_tuples_and_single_values(self):
        ada = UserFactory(username="ada")

        @prepared
        def pairs(username):
            return User.objects.filter(username=username).values_list("pk", "is_staff")

        @prepared
        def ids(username):
            return User.objects.filter(username=username).values_list("pk", flat=True)

        assert pairs("ada") == [(ada.pk, False)]
        assert ids("ada") == [ada.pk]

    def test_fills_a_value_in_wherever_it_stands(self):
        ada = UserFactory(username="ada", name="ada")

        @prepared
        def called(name):
            return User.objects.filter(Q(username=name) & Q(name=name))

        assert called("ada") == [ada]

    def test_forgets_what_was_not_asked_for_lately(self, monkeypatch):
        made = []

        @prepared
        def first(*, count):
            made.append(count)
            return User.objects.order_by("pk")[:count]

        for count in range(prepared_module.SHAPES + 1):
            first(count=count + 1)
        first(count=1)

        assert made.count(1) == 2

    def test_finds_nothing_where_no_column_holds_a_number(
        self, django_assert_num_queries
    ):
        UserFactory()

        @prepared
        def by_id(user_id):
            return User.objects.filter(pk=user_id)

        with django_assert_num_queries(0):
            assert by_id(10**30) == by_id(-(10**30)) == []

    def test_asks_nothing_where_there_can_be_nothing(self, django_assert_num_queries):
        @prepared
        def first(*, count):
            return User.objects.order_by("pk")[:count]

        with django_assert_num_queries(0):
            assert first(count=0) == first(count=0) == []


class TestRefusals:
    @pytest.mark.parametrize("value", [1.5, None, True, object()])
    def test_refuses_values_that_are_not_plain(self, value):
        with pytest.raises(TypeError, match="plain"):
            named(value)

    def test_refuses_a_value_that_is_changed_on_the_way(self):
        @prepared
        def after(user_id):
            return User.objects.filter(pk__gt=user_id + 1)

        @prepared
        def shouted(name):
            return User.objects.filter(username=name.upper())

        for find, value in ((after, 1), (shouted, "ada")):
            with pytest.raises(ValueError, match="does not reach"):
                find(value)

    def test_refuses_a_value_that_is_not_asked_for(self):
        @prepared
        def everybody(_name):
            return User.objects.all()

        with pytest.raises(ValueError, match="does not reach"):
            everybody("ada")

    def test_refuses_the_clock(self):
        @prepared
        def recent():
            return User.objects.filter(date_joined__lt=timezone.now())

        with pytest.raises(TypeError, match="clock"):
            recent()

    def test_refuses_rows_that_it_cannot_make(self):
        @prepared
        def rows():
            return User.objects.values("pk")

        with pytest.raises(TypeError, match="ValuesIterable"):
            rows()
