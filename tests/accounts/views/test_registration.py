import re

import pytest
from allauth.account.models import EmailAddress
from django.core import signing
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


@pytest.mark.django_db
class TestConfirmEmailView:
    @pytest.fixture
    def path(self, client, mailoutbox):
        client.post(REGISTER, answers())
        return confirmation_path(mailoutbox)

    def test_asks_before_it_confirms(self, client, path):
        assert client.get(path).status_code == 200
        assert not User.objects.get(username="nora").is_confirmed

    def test_confirms_by_the_button(self, client, path):
        client.post(path)

        assert User.objects.get(username="nora").is_confirmed
        assert EmailAddress.objects.get(email="nora@example.com").verified

    def test_makes_the_owner_of_the_administrator_s_address_one(
        self, client, path, settings
    ):
        settings.FLASKY_ADMIN = ["Nora@Example.com"]

        client.post(path)

        nora = User.objects.get(username="nora")
        assert nora.groups.get().name == roles.ADMINISTRATOR

    def test_works_once(self, client, path):
        client.post(path)

        for again in (client.get(path), client.post(path)):
            assert again.status_code == 404
            assert "account/email_confirm.html" in [t.name for t in again.templates]

    @pytest.mark.parametrize("length", [1, 5, 20])
    def test_refuses_a_link_that_was_cut(self, client, path, length):
        cut = f"{path.rstrip('/')[:-length]}/"

        assert client.get(cut).status_code == 404
        assert client.post(cut).status_code == 404
        assert not User.objects.get(username="nora").is_confirmed

    @pytest.mark.parametrize("key", ["x", "%00", "a:b:c", "%F0%9F%99%82", "x" * 3000])
    def test_refuses_nonsense(self, client, key):
        assert client.post(f"/auth/confirm/{key}/").status_code == 404

    def test_refuses_a_link_that_is_too_old(self, client, path, monkeypatch):
        now = signing.time.time()
        monkeypatch.setattr(signing.time, "time", lambda: now + 3600 * 24 * 4)

        assert client.post(path).status_code == 404
        assert not User.objects.get(username="nora").is_confirmed

    def test_refuses_the_link_of_another_purpose(self, client, alice):
        key = signing.dumps(alice.emailaddress_set.get().pk, salt="something else")

        assert client.post(f"/auth/confirm/{key}/").status_code == 404

    def test_confirms_nothing_for_somebody_else_and_leaves_them_signed_in(
        self, as_bob, path
    ):
        assert as_bob.get(path).status_code == 409
        assert as_bob.post(path).status_code == 409
        assert not User.objects.get(username="nora").is_confirmed
        assert "_auth_user_id" in as_bob.session

    def test_refuses_an_address_that_became_another_s_own(self, client, path):
        User.objects.filter(username="nora").update(email="moved@example.com")
        UserFactory(username="other", email="nora@example.com", without_address=True)

        client.post(path)

        assert not User.objects.get(username="nora").is_confirmed


@pytest.mark.django_db
class TestUnconfirmed:
    def test_greets_by_name(self, as_newcomer):
        page = as_newcomer.get(UNCONFIRMED).content.decode()

        assert re.search(r"Hello,\s+newcomer", page)

    def test_is_not_for_confirmed_members(self, as_alice):
        assert as_alice.get(UNCONFIRMED).url == "/"

    def test_is_not_for_strangers(self, client):
        assert client.get(UNCONFIRMED).url.startswith("/auth/login/")


@pytest.mark.django_db
class TestResendConfirmation:
    address = "/auth/confirm/resend/"

    def test_sends_a_link_that_confirms(self, as_newcomer, newcomer, mailoutbox):
        response = as_newcomer.post(self.address)

        assert response.url == UNCONFIRMED
        as_newcomer.post(confirmation_path(mailoutbox))
        newcomer.refresh_from_db()
        assert newcomer.is_confirmed

    def test_sends_one_in_three_minutes(self, as_newcomer, mailoutbox):
        as_newcomer.post(self.address)
        as_newcomer.post(self.address)

        assert len(mailoutbox) == 1

    def test_makes_good_for_an_address_that_was_never_noted(
        self, as_newcomer, newcomer, mailoutbox
    ):
        EmailAddress.objects.all().delete()

        as_newcomer.post(self.address)

        assert mailoutbox[0].to == [newcomer.email]

    def test_sends_nothing_to_the_confirmed(self, as_alice, mailoutbox):
        assert as_alice.post(self.address).url == "/"
        assert not mailoutbox

    def test_is_a_post(self, as_newcomer):
        assert as_newcomer.get(self.address).status_code == 405

    def test_is_not_for_strangers(self, client):
        assert client.post(self.address).url.startswith("/auth/login/")


class TestAddresses:
    def test_old_links_without_the_last_slash_arrive(self, client):
        response = client.get("/auth/register")

        assert response.status_code == 301
        assert response.url == reverse("account_signup")
