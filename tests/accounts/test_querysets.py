import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction

from accounts import services
from accounts.models import User
from tests.factories import UserFactory


@pytest.mark.django_db
class TestVisibleTo:
    def test_shows_confirmed_members_to_strangers(self, alice):
        assert list(User.objects.visible_to(AnonymousUser())) == [alice]

    def test_hides_members_who_have_not_confirmed(self, newcomer):
        assert not User.objects.visible_to(AnonymousUser()).exists()

    def test_hides_members_who_are_gone(self, alice):
        UserFactory(is_active=False)

        assert list(User.objects.visible_to(alice)) == [alice]


@pytest.mark.django_db
class TestOwning:
    def test_finds_who_has_the_address_in_any_case(self, alice, newcomer):
        assert User.objects.owning("ALICE@example.com").get() == alice
        assert User.objects.owning(newcomer.email).get() == newcomer

    def test_finds_nobody_who_has_only_typed_it(self, alice):
        EmailAddress.objects.create(user=alice, email="typed@example.com")

        assert not User.objects.owning("typed@example.com").exists()


@pytest.mark.django_db
class TestNamed:
    def test_finds_a_name_in_any_case(self, alice):
        assert User.objects.named("aLiCe").get() == alice

    def test_takes_wildcards_literally(self, alice):
        assert not User.objects.named("al%").exists()
        assert not User.objects.named("al_ce").exists()


@pytest.mark.django_db
class TestKnownAs:
    def test_finds_a_name_in_any_case_and_a_former_one(self, alice):
        services.rename_user(user=alice, username="alicia")

        assert User.objects.known_as("ALICIA") == alice
        assert User.objects.known_as("Alice") == alice
        assert User.objects.known_as("bob") is None


@pytest.mark.django_db
class TestBeginningWith:
    def test_orders_by_the_capitals(self):
        people = [UserFactory(username=name) for name in ("a.b", "A1", "aB", "Ac")]

        found = User.objects.beginning_with("a", field="username")

        assert list(found) == people

    @pytest.mark.parametrize("text", ["%", "_", "a%", "b"])
    def test_takes_wildcards_literally(self, alice, text):
        assert not User.objects.beginning_with(text, field="username").exists()

    def test_finds_names_that_end_in_the_last_of_characters(self):
        person = UserFactory(name="Zo\U0010fffe")

        assert User.objects.beginning_with("zo", field="name").get() == person

    @pytest.mark.parametrize("field", ["username", "name"])
    def test_reads_an_index_and_neither_all_members_nor_sorts(self, field):
        people = User.objects.public().beginning_with("a", field=field)[:51]

        with transaction.atomic():
            if connection.vendor == "postgresql":
                # A table this small is otherwise read whole, or sorted.
                with connection.cursor() as cursor:
                    for way in ("seqscan", "bitmapscan", "sort"):
                        cursor.execute(f"SET LOCAL enable_{way} = off")
            plan = people.explain()

        assert f"member_by_{field}" in plan
        assert "TEMP B-TREE" not in plan
        assert "Sort" not in plan


@pytest.mark.django_db
class TestNamedAmong:
    def test_finds_several_in_any_case(self, alice, bob):
        UserFactory()

        found = User.objects.named_among(["aLiCe", "BOB", "al%", "nobody"])

        assert set(found) == {alice, bob}

    def test_finds_nobody_among_no_names(self, alice):
        assert not User.objects.named_among([]).exists()
