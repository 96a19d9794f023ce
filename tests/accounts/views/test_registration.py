import pytest
from django.test import Client
from django.urls import reverse

from accounts import roles, services
from accounts.models import ReservedUsername, User
from accounts.views.registration import RegistrationView
from tests.clients import is_logged_in
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


def lose_race_to(monkeypatch, somebody):
    """Let ``somebody`` act between the form's check and its saving."""
    form_valid = RegistrationView.form_valid

    def form_valid_too_late(view, form):
        monkeypatch.setattr(RegistrationView, "form_valid", form_valid)
        somebody()
        return form_valid(view, form)

    monkeypatch.setattr(RegistrationView, "form_valid", form_valid_too_late)


@pytest.mark.django_db
class TestRegistrationView:
    def test_makes_a_member_who_is_not_signed_in(self, client, mailoutbox):
        response = client.post(REGISTER, answers())

        assert response.url == SENT
        assert not is_logged_in(client)
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

    def test_keeps_the_name_back_for_a_taken_address_as_for_a_free_one(self, alice):
        free, taken = (
            [
                self._second_answer(email, username, other)
                for other in (email, f"{username}@example.org")
            ]
            for email, username in (("nora@example.com", "nora"), (alice.email, "al"))
        )

        assert free == taken
        assert "This name is taken" in free[0]

    @staticmethod
    def _second_answer(email, username, other_email):
        """Return what a form says that wants the same name after a registration."""
        Client().post(REGISTER, answers(email=email, username=username))
        response = Client().post(
            REGISTER, answers(email=other_email, username=username.upper())
        )
        assert response.status_code == 422
        return str(response.context["form"].errors)

    def test_mails_once_for_a_taken_address_too(self, client, alice, mailoutbox):
        for email, username in (("nora@example.com", "nora"), (alice.email, "al")):
            client.post(REGISTER, answers(email=email, username=username))

        assert [mail.to for mail in mailoutbox] == [["nora@example.com"], [alice.email]]

    def test_keeps_no_name_back_when_the_form_is_not_right(self, client, alice):
        client.post(REGISTER, answers(email=alice.email, password2="other"))

        assert not ReservedUsername.objects.exists()

    def test_refuses_a_former_name_as_one_that_is_taken(self, client, alice):
        services.rename_user(user=alice, username="alicia")

        response = client.post(REGISTER, answers(username="Alice"))

        assert response.status_code == 422
        assert "This name is taken" in str(response.context["form"].errors)

    @pytest.mark.parametrize("email", ["nora@example.com", "alice@example.com"])
    def test_survives_that_the_name_is_kept_back_since_a_moment_ago(
        self, client, alice, monkeypatch, mailoutbox, email
    ):
        lose_race_to(
            monkeypatch, lambda: alice.former_usernames.create(username="Nora")
        )

        response = client.post(REGISTER, answers(email=email))

        assert response.status_code == 422
        assert "This name is taken" in str(response.context["form"].errors)
        assert User.objects.count() == 1
        assert not mailoutbox

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
        lose_race_to(
            monkeypatch, lambda: UserFactory(username="Nora", email="o@example.com")
        )

        response = client.post(REGISTER, answers())

        assert response.status_code == 422
        assert "username" in response.context["form"].errors
        assert User.objects.count() == 1

    def test_survives_losing_the_address_to_somebody_a_moment_ago(
        self, client, monkeypatch, mailoutbox
    ):
        lose_race_to(
            monkeypatch, lambda: UserFactory(username="quick", email="nora@example.com")
        )

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

    def test_says_when_to_come_back(self, client):
        for _ in range(20):
            client.post(REGISTER, answers(username="1"))

        response = client.post(REGISTER, answers())

        assert 50 < int(response["Retry-After"]) <= 60
        assert f"{response['Retry-After']} seconds" in response.content.decode()

    def test_registers_nobody_whose_mail_cannot_be_written(self, client, monkeypatch):
        def fail(**kwargs):
            raise ZeroDivisionError

        monkeypatch.setattr("mail.services.queue_mail", fail)
        with pytest.raises(ZeroDivisionError):
            client.post(REGISTER, answers())

        assert not User.objects.exists()

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
