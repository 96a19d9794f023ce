import re

import pytest
from allauth.account.models import EmailAddress
from django.core import signing

from accounts import roles
from accounts.models import User
from accounts.querysets import UserQuerySet
from tests.clients import is_logged_in
from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.links import link_in

UNCONFIRMED = "/auth/unconfirmed/"


def confirmation_path(mailoutbox):
    return link_in(mailoutbox[-1], "/auth/confirm/")


@pytest.mark.django_db
class TestConfirmEmailView:
    @pytest.fixture
    def path(self, client, mailoutbox):
        client.post(
            "/auth/register/",
            {
                "email": "nora@example.com",
                "username": "nora",
                "password1": PASSWORD,
                "password2": PASSWORD,
            },
        )
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
        assert is_logged_in(as_bob)

    def test_refuses_an_address_that_became_another_s_own(self, client, path):
        User.objects.filter(username="nora").update(email="moved@example.com")
        UserFactory(username="other", email="nora@example.com", without_address=True)

        response = client.post(path)

        assert response.status_code == 409
        assert "belongs to another account" in response.content.decode()
        assert not User.objects.get(username="nora").is_confirmed

    def test_refuses_an_address_that_becomes_another_s_own_this_moment(
        self, client, path, monkeypatch
    ):
        UserFactory(username="other", email="x@example.com", without_address=True)
        others_owning = UserQuerySet.others_owning
        checks = iter(["before the button", "after it"])

        def look_too_early(users, email, but):
            if next(checks, None):
                return users.none()
            return others_owning(users, email, but=but)

        User.objects.filter(username="nora").update(email="moved@example.com")
        User.objects.filter(username="other").update(email="nora@example.com")
        monkeypatch.setattr(UserQuerySet, "others_owning", look_too_early)

        response = client.post(path)

        assert response.status_code == 409
        assert not User.objects.get(username="nora").is_confirmed


@pytest.mark.django_db
class TestUnconfirmed:
    def test_greets_by_name(self, as_newcomer):
        page = as_newcomer.get(UNCONFIRMED).content.decode()

        assert re.search(r"Hello,\s+<bdi>newcomer", page)

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
