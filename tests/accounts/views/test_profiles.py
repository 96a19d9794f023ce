import pytest
from django.test import Client

from accounts.models import User
from tests.clients import messages_of
from tests.factories import UserFactory
from tests.forms import filled

EDIT = "/edit-profile/"


def profile_of(user):
    user = User.objects.get(pk=user.pk)
    return user.name, user.location, user.about_me


@pytest.mark.django_db
class TestProfileEditView:
    @pytest.fixture
    def alice(self):
        return UserFactory(username="alice", name="Al", location="Here", about_me="One")

    @pytest.fixture
    def form(self, as_alice):
        return as_alice.get(EDIT).context["form"]

    def test_saves_and_goes_back_to_the_profile(self, as_alice, alice, form):
        response = as_alice.post(
            EDIT, filled(form, name="Alice B", location="", about_me="Two\r\nlines")
        )

        assert response.url == "/user/alice/"
        assert profile_of(alice) == ("Alice B", "", "Two\nlines")
        assert "Your profile is saved." in messages_of(as_alice)

    def test_does_nothing_when_it_is_sent_twice(self, as_alice, alice, form):
        for _ in range(2):
            response = as_alice.post(EDIT, filled(form, name="Alice B"))
            assert response.status_code == 302

        assert profile_of(alice) == ("Alice B", "Here", "One")

    def test_keeps_what_another_tab_saved_in_another_field(self, as_alice, alice, form):
        as_alice.post(EDIT, filled(form, location="There"))

        as_alice.post(EDIT, filled(form, name="Alice B"))

        assert profile_of(alice) == ("Alice B", "There", "One")
        assert "it stays: Location" in messages_of(as_alice)

    def test_asks_before_it_replaces_what_another_tab_saved(
        self, as_alice, alice, form
    ):
        as_alice.post(EDIT, filled(form, about_me="From the <first> tab"))

        response = as_alice.post(EDIT, filled(form, name="Al C", about_me="Second"))

        assert response.status_code == 409
        assert profile_of(alice) == ("Al", "Here", "From the <first> tab")
        page = response.content.decode()
        assert "From the &lt;first&gt; tab" in page
        assert response.context["form"]["about_me"].value() == "Second"
        assert response.context["form"]["name"].value() == "Al C"

        again = filled(response.context["form"])
        assert as_alice.post(EDIT, again).status_code == 302
        assert profile_of(alice) == ("Al C", "Here", "Second")

    def test_asks_again_when_it_changed_once_more(self, as_alice, alice, form):
        as_alice.post(EDIT, filled(form, name="First"))
        refused = as_alice.post(EDIT, filled(form, name="Mine"))
        User.objects.filter(pk=alice.pk).update(name="Third")

        response = as_alice.post(EDIT, filled(refused.context["form"]))

        assert response.status_code == 409
        assert "Third" in response.content.decode()

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("name", "x" * 65),
            ("location", "x" * 65),
            ("about_me", "x" * 2001),
            ("name", "a\0b"),
            ("name", "\x1b[31m"),
            ("location", "\ufffd"),
            ("about_me", "\x07"),
        ],
    )
    def test_gives_back_what_was_typed_with_a_sentence(
        self, as_alice, alice, form, field, value
    ):
        response = as_alice.post(EDIT, filled(form, **{field: value}))

        assert response.status_code == 422
        assert list(response.context["form"].errors) == [field]
        assert response.context["form"][field].value() == value
        assert response.context["user"].name == "Al"
        assert profile_of(alice) == ("Al", "Here", "One")

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("<i>Al</i>", "<i>Al</i>"),
            ("\u202eAl\u202c", "Al"),
            ("\u05d0\u05d1\u200f", "\u05d0\u05d1"),
            ("\U0001f468\u200d\U0001f469\u200d\U0001f467", None),
            ("\u200b\u200d", ""),
        ],
    )
    def test_takes_names_of_all_kinds(self, as_alice, alice, form, typed, kept):
        as_alice.post(EDIT, filled(form, name=typed))

        assert profile_of(alice)[0] == (typed if kept is None else kept)

    def test_counts_a_line_break_as_one_character(self, as_alice, alice, form):
        about_me = "x\r\n" * 999 + "xx"

        response = as_alice.post(EDIT, filled(form, about_me=about_me))

        assert response.status_code == 302
        assert len(profile_of(alice)[2]) == 2000

    @pytest.mark.parametrize("field", ["username", "is_staff", "email", "role"])
    def test_takes_no_other_fields(self, as_alice, alice, form, field):
        as_alice.post(EDIT, filled(form, **{field: "1", f"initial-{field}": "0"}))

        changed = User.objects.get(pk=alice.pk)
        assert (changed.username, changed.is_staff) == ("alice", False)
        assert changed.email == alice.email

    def test_survives_a_forged_or_missing_account_of_what_was_seen(
        self, as_alice, alice, form
    ):
        forged = filled(form, name="Bo") | {"initial-name": "\0", "initial-about_me": 1}
        del forged["initial-location"]

        assert as_alice.post(EDIT, forged).status_code in {302, 409}

    def test_keeps_what_was_typed_after_the_session_has_ended(self, alice, form):
        response = Client().post(EDIT, filled(form, about_me="A long & quiet story"))

        assert response.status_code == 403
        assert "A long &amp; quiet story" in response.content.decode()
        assert profile_of(alice) == ("Al", "Here", "One")

    def test_keeps_newcomers_out(self, as_newcomer):
        assert as_newcomer.post(EDIT, {}).url == "/auth/unconfirmed/"

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_knows_no_other_methods(self, as_alice, method):
        assert getattr(as_alice, method)(EDIT).status_code == 405
