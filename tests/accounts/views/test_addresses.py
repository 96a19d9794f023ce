import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import PASSWORD
from tests.links import link_in
from tests.second_factors import totp_code


@pytest.mark.django_db
class TestEmailView:
    address = "/auth/change-email/"
    new = "alice.new@example.org"

    def ask(self, client):
        return client.post(self.address, {"action_add": "", "email": self.new})

    def ask_and_confirm_who_one_is(self, client):
        """Type the new address, then the password that is asked for."""
        response = self.ask(client)
        return client.post(response.url, {"password": PASSWORD})

    def test_asks_for_the_password_and_goes_on_where_it_was(
        self, as_alice, alice, mailoutbox
    ):
        response = self.ask(as_alice)
        assert response.url.startswith(reverse("account_reauthenticate"))
        assert not mailoutbox

        as_alice.post(response.url, {"password": PASSWORD})

        assert [mail.to for mail in mailoutbox] == [[self.new]]
        alice.refresh_from_db()
        assert alice.email == "alice@example.com"

    def test_changes_the_address_by_the_link_and_tells_the_old_one(
        self, as_alice, alice, mailoutbox
    ):
        self.ask_and_confirm_who_one_is(as_alice)
        as_alice.post(link_in(mailoutbox[0], "/auth/confirm/"))

        alice.refresh_from_db()
        assert alice.email == self.new
        assert ["alice@example.com"] in [mail.to for mail in mailoutbox[1:]]

    def test_changes_it_for_members_with_a_second_factor_too(
        self, as_alice, alice, secret, mailoutbox
    ):
        prove = self.ask(as_alice).url
        as_alice.post(prove, {"code": totp_code(secret)})
        as_alice.post(link_in(mailoutbox[0], "/auth/confirm/"))

        alice.refresh_from_db()
        assert alice.email == self.new
        assert alice.has_second_factor

    def test_gives_nothing_to_the_owner_of_an_address_that_is_only_typed(
        self, as_alice, alice, client, mailoutbox
    ):
        self.ask_and_confirm_who_one_is(as_alice)
        mailoutbox.clear()

        client.post("/auth/reset/", {"email": self.new})

        assert not any("/auth/reset/1" in mail.body for mail in mailoutbox)
        assert not any("@alice" in mail.body for mail in mailoutbox)

    def test_leaves_an_address_that_is_only_typed_to_its_owner(
        self, as_alice, alice, client, mailoutbox
    ):
        self.ask_and_confirm_who_one_is(as_alice)
        cache.clear()
        mailoutbox.clear()

        client.post(
            "/auth/register/",
            {
                "email": self.new,
                "username": "olga",
                "password1": PASSWORD,
                "password2": PASSWORD,
            },
        )
        client.post(link_in(mailoutbox[0], "/auth/confirm/"))

        assert User.objects.get(username="olga").is_confirmed
        alice.refresh_from_db()
        assert alice.email == "alice@example.com"

    def test_leaves_newcomers_the_address_they_registered_with(
        self, as_newcomer, newcomer, mailoutbox
    ):
        self.ask_and_confirm_who_one_is(as_newcomer)
        as_newcomer.post(self.address, {"action_remove": "", "email": newcomer.email})

        newcomer.refresh_from_db()
        assert newcomer.email == "newcomer@example.com"
        assert newcomer.emailaddress_set.filter(email=newcomer.email).exists()

    def test_lets_newcomers_confirm_another_address_instead(
        self, as_newcomer, newcomer, mailoutbox
    ):
        self.ask_and_confirm_who_one_is(as_newcomer)
        as_newcomer.post(link_in(mailoutbox[0], "/auth/confirm/"))

        newcomer.refresh_from_db()
        assert newcomer.is_confirmed
        assert newcomer.email == self.new

    def test_keeps_one_proposal_at_a_time(self, as_alice, alice):
        self.ask_and_confirm_who_one_is(as_alice)
        as_alice.post(self.address, {"action_add": "", "email": "third@example.org"})

        pending = alice.emailaddress_set.filter(verified=False)
        assert [address.email for address in pending] == ["third@example.org"]

    def test_forgets_the_link_of_a_proposal_that_was_replaced(
        self, as_alice, alice, mailoutbox
    ):
        self.ask_and_confirm_who_one_is(as_alice)
        as_alice.post(self.address, {"action_add": "", "email": "third@example.org"})
        first, second = (link_in(mail, "/auth/confirm/") for mail in mailoutbox)

        assert as_alice.post(first).status_code == 404
        as_alice.post(second)

        alice.refresh_from_db()
        assert alice.email == "third@example.org"

    def test_gives_an_address_that_two_want_to_who_proves_it_first(
        self, as_alice, alice, as_bob, bob, mailoutbox
    ):
        for client in [as_alice, as_bob]:
            self.ask_and_confirm_who_one_is(client)
            cache.clear()
        alices, bobs = (link_in(mail, "/auth/confirm/") for mail in mailoutbox)

        as_bob.post(bobs)
        response = as_alice.post(alices)

        assert response.status_code == 409
        for person in [alice, bob]:
            person.refresh_from_db()
        assert (alice.email, bob.email) == ("alice@example.com", self.new)

    def test_says_that_a_link_was_sent_a_moment_ago(self, as_alice, as_bob, mailoutbox):
        for client in [as_alice, as_bob]:
            self.ask_and_confirm_who_one_is(client)

        page = as_bob.get(self.address).content.decode()

        assert len(mailoutbox) == 1
        assert "a moment ago" in page
        assert self.new in page

    def test_sends_the_link_again_but_not_at_once(self, as_alice, mailoutbox):
        self.ask_and_confirm_who_one_is(as_alice)
        again = {"action_send": "", "email": self.new}

        page = as_alice.post(self.address, again, follow=True).content.decode()
        assert "a moment ago" in page
        assert len(mailoutbox) == 1

        cache.clear()
        page = as_alice.post(self.address, again, follow=True).content.decode()
        assert "a moment ago" not in page
        assert len(mailoutbox) == 2

    def test_lets_old_reset_links_die(self, as_alice, alice, client, mailoutbox):
        client.post("/auth/reset/", {"email": alice.email})
        reset = link_in(mailoutbox[0], "/auth/reset/")
        self.ask_and_confirm_who_one_is(as_alice)

        as_alice.post(link_in(mailoutbox[1], "/auth/confirm/"))

        assert client.get(reset).status_code == 404

    def test_changes_nothing_when_the_notice_cannot_be_written(
        self, as_alice, alice, mailoutbox, monkeypatch
    ):
        def fail(**kwargs):
            raise ZeroDivisionError

        self.ask_and_confirm_who_one_is(as_alice)
        monkeypatch.setattr("mail.services.queue_mail", fail)
        with pytest.raises(ZeroDivisionError):
            as_alice.post(link_in(mailoutbox[0], "/auth/confirm/"))

        alice.refresh_from_db()
        assert alice.email == "alice@example.com"

    def test_does_not_let_one_in_by_an_address_that_is_only_typed(
        self, as_alice, client
    ):
        self.ask_and_confirm_who_one_is(as_alice)

        response = client.post(
            "/auth/login/", {"login": self.new, "password": PASSWORD}
        )

        assert response.status_code == 422

    @pytest.mark.parametrize("email", ["x", "alice@example.com", "a" * 250 + "@b.com"])
    def test_refuses_what_is_no_other_address(self, as_alice, email):
        response = as_alice.post(self.address, {"action_add": "", "email": email})

        assert response.status_code == 422
