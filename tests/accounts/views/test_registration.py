import pytest
from django.test import Client
from django.urls import reverse

from accounts import roles
from accounts.forms import RegistrationForm
from accounts.models import User
from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.links import link_in

REGISTER = "/auth/register/"
SENT = "/auth/confirm/"
UNCONFIRMED = "/auth/unconfirmed/"


def answers(**changes):
    return {
        "email": "nora@example.com",
        "username": "nora",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **changes,
    }


def confirmation_path(mailoutbox):
    return link_in(mailoutbox[-1], "/auth/confirm/")


def lose_race_to(monkeypatch, **somebody):
    """Let somebody else register between the form's check and its saving."""
    try_save = RegistrationForm.try_save

    def try_save_too_late(form, request):
        monkeypatch.setattr(RegistrationForm, "try_save", try_save)
        UserFactory(**somebody)
        return try_save(form, request)

    monkeypatch.setattr(RegistrationForm, "try_save", try_save_too_late)


@pytest.mark.django_db
class TestRegistrationView:
    def test_makes_a_member_who_is_not_signed_in(self, client, mailoutbox):
        response = client.post(REGISTER, answers())

        assert response.url == SENT
        assert "_auth_user_id" not in client.session
        nora = User.objects.get(username="nora")
        assert not nora.is_confirmed
        assert nora.groups.get().name == roles.USER
        assert mailoutbox[0].to == ["nora@example.com"]
        assert mailoutbox[0].subject.startswith("[Flasky] ")

    def test_answers_a_taken_address_as_a_free_one(self, alice):
        free, taken = (
            self._page_after(email, username)
            for email, username in (
                ("nora@example.com", "nora"),
                ("ALICE@example.com", "al"),
            )
        )

        assert free == taken
        assert User.objects.filter(username="nora").exists()
        assert not User.objects.filter(username="al").exists()

    @staticmethod
    def _page_after(email, username):
        """Return the page that ends a registration, its address made anonymous."""
        client = Client()
        response = client.post(REGISTER, answers(email=email, username=username))
        assert response.status_code == 302
        page = client.get(response.url).content.decode()
        return response.url, page.replace(email.lower(), "somebody@example.com")

    def test_hashes_once_for_a_taken_address_too(self, client, alice, hashed_passwords):
        client.post(REGISTER, answers(email=alice.email, username="al"))
        assert hashed_passwords == [PASSWORD]

        client.post(REGISTER, answers())
        assert hashed_passwords == [PASSWORD] * 2

    def test_tells_the_owner_of_a_taken_address(self, client, mailoutbox, alice):
        client.post(REGISTER, answers(email=alice.email, username="al"))

        assert mailoutbox[0].to == [alice.email]
        assert "/auth/confirm/" not in mailoutbox[0].body
        assert link_in(mailoutbox[0], "/auth/reset/")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("username", "ALICE"),
            ("username", "a b"),
            ("username", "x" * 65),
            ("username", "admin"),
            ("username", "a\0b"),
            ("username", ""),
            ("email", "not an address"),
            ("email", "a\0b@example.com"),
            ("email", "x" * 250 + "@example.com"),
            ("email", "x@" + "é" * 60 + ".com"),
            ("password1", "password"),
            ("password1", "12345678901"),
            ("password1", "short"),
            ("password1", "nora@example.com"),
            ("password2", "something else"),
        ],
    )
    def test_gives_back_what_was_typed_with_a_sentence(
        self, client, alice, field, value
    ):
        typed = answers(**{field: value})
        if field == "password1":
            typed["password2"] = value

        response = client.post(REGISTER, typed)

        assert response.status_code == 422
        form = response.context["form"]
        assert form.errors
        assert form["username"].value() == typed["username"]
        assert form["email"].value() == typed["email"]
        assert User.objects.count() == 1

    def test_survives_losing_the_name_to_somebody_a_moment_ago(
        self, client, monkeypatch
    ):
        lose_race_to(monkeypatch, username="Nora", email="other@example.com")

        response = client.post(REGISTER, answers())

        assert response.status_code == 422
        assert "username" in response.context["form"].errors
        assert User.objects.count() == 1

    def test_survives_losing_the_address_to_somebody_a_moment_ago(
        self, client, monkeypatch, mailoutbox
    ):
        lose_race_to(monkeypatch, username="quick", email="nora@example.com")

        response = client.post(REGISTER, answers())

        assert response.url == SENT
        assert not User.objects.filter(username="nora").exists()

    def test_is_refused_with_429_when_it_comes_too_often(self, client):
        statuses = [client.get(REGISTER).status_code for _ in range(3)]
        statuses += [
            client.post(REGISTER, answers(username="1")).status_code for _ in range(21)
        ]

        assert statuses[:3] == [200] * 3
        assert statuses[-1] == 429

    def test_gives_back_what_was_typed_with_429_and_with_a_wrong_token(self, client):
        for _ in range(20):
            client.get(REGISTER)
            client.post(REGISTER, answers(username="1"))
        too_often = client.post(REGISTER, answers())
        forged = Client(enforce_csrf_checks=True).post(REGISTER, answers())

        for response, status in ((too_often, 429), (forged, 403)):
            page = response.content.decode()
            assert response.status_code == status
            assert "nora@example.com" in page
            assert PASSWORD not in page


class TestAddresses:
    def test_old_links_without_the_last_slash_arrive(self, client):
        response = client.get("/auth/register")

        assert response.status_code == 301
        assert response.url == reverse("account_signup")
