import pytest
from django.test import Client

from tests.clients import is_logged_in
from tests.factories.accounts import PASSWORD
from tests.links import link_in

NEW = "a new battery staple"


@pytest.mark.django_db
class TestPasswordResetView:
    def test_sends_a_link_that_sets_a_new_password(
        self, client, alice, mailoutbox, log_in_as
    ):
        client.post("/auth/reset/", {"email": alice.email})
        response = client.get(link_in(mailoutbox[0], "/auth/reset/"), follow=True)
        path = response.redirect_chain[-1][0]

        client.post(path, {"password1": NEW, "password2": NEW})

        assert is_logged_in(log_in_as(client, alice, NEW))

    def test_answers_alike_for_an_unknown_address(self, client, alice):
        known = client.post("/auth/reset/", {"email": alice.email})
        unknown = client.post("/auth/reset/", {"email": "zz@example.com"})

        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)

    def test_costs_as_much_for_an_unknown_address(self, client, alice, mailoutbox):
        for email in [alice.email, "zz@example.com"]:
            client.post("/auth/reset/", {"email": email})

        # As many mails, so as much time.
        assert [mail.to for mail in mailoutbox] == [[alice.email], ["zz@example.com"]]

    def test_sends_no_second_link_to_somebody_who_asks_without_end(
        self, client, alice, mailoutbox
    ):
        statuses = {
            client.post("/auth/reset/", {"email": alice.email}).status_code
            for _ in range(10)
        }

        assert statuses == {302, 429}
        assert len(mailoutbox) == 5

    @pytest.mark.parametrize("email", ["x", "x@" + "é" * 60 + ".com", "x@אa.com"])
    def test_refuses_what_is_no_address(self, client, email):
        assert client.post("/auth/reset/", {"email": email}).status_code == 422


def change_password(client):
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    return client.post("/auth/change-password/", form)


@pytest.mark.django_db
class TestPasswordChangeView:
    def test_asks_for_the_old_one(self, as_alice):
        response = as_alice.post(
            "/auth/change-password/",
            {"oldpassword": "wrong", "password1": "n", "password2": "m"},
        )

        assert response.status_code == 422
        assert {"oldpassword", "password1"} <= set(response.context["form"].errors)

    def test_sets_the_new_one_and_tells_by_mail(self, as_alice, alice, mailoutbox):
        change_password(as_alice)

        alice.refresh_from_db()
        assert alice.check_password(NEW)
        assert is_logged_in(as_alice)
        assert mailoutbox[0].to == [alice.email]

    def test_ends_every_other_session(self, as_alice, alice, as_bob, log_in_as):
        phone = log_in_as(Client(), alice)

        change_password(as_alice)

        assert list(alice.sessions.values_list("pk", flat=True)) == [
            as_alice.session.session_key
        ]
        assert not is_logged_in(phone)
        assert is_logged_in(as_bob)

    def test_changes_nothing_when_the_mail_cannot_be_written(
        self, as_alice, alice, monkeypatch
    ):
        def fail(**kwargs):
            raise ZeroDivisionError

        monkeypatch.setattr("mail.services.queue_mail", fail)
        with pytest.raises(ZeroDivisionError):
            change_password(as_alice)

        alice.refresh_from_db()
        assert alice.check_password(PASSWORD)


@pytest.mark.django_db
class TestPasswordResetFromKeyView:
    @pytest.fixture
    def path(self, client, alice, as_alice, mailoutbox):
        client.post("/auth/reset/", {"email": alice.email})
        return link_in(mailoutbox[0], "/auth/reset/")

    def reset(self, client, path, password=NEW):
        form = client.get(path).url
        return client.post(form, {"password1": password, "password2": password})

    def test_ends_every_session(self, client, path, alice, as_alice):
        self.reset(client, path)

        assert not alice.sessions.exists()
        assert not is_logged_in(as_alice)

    def test_logs_nobody_in(self, client, path):
        self.reset(client, path)

        assert not is_logged_in(client)

    def test_is_404_for_a_link_that_was_used(self, client, path):
        self.reset(client, path)

        assert client.get(path).status_code == 404

    def test_is_404_for_a_link_older_than_the_password(self, client, path, as_alice):
        change_password(as_alice)

        assert client.get(path).status_code == 404

    def test_is_404_for_a_link_older_than_the_address(self, client, path, alice):
        alice.email = "next@example.com"
        alice.save()

        assert client.get(path).status_code == 404

    def test_is_404_for_a_link_that_is_too_old(self, client, path, settings):
        settings.PASSWORD_RESET_TIMEOUT = -1

        assert client.get(path).status_code == 404

    def test_is_404_when_the_page_was_left_open_too_long(self, client, path, as_alice):
        form = client.get(path).url
        change_password(as_alice)

        late = {"password1": "too late a password", "password2": "too late a password"}
        assert client.post(form, late).status_code == 404

    @pytest.mark.parametrize("position", [0, 5, -2])
    def test_is_404_for_a_link_with_a_changed_character(self, client, path, position):
        key = path.rstrip("/").rpartition("/")[2]
        other = "z" if key[position] != "z" else "y"
        changed = [*key]
        changed[position] = other

        assert client.get(f"/auth/reset/{''.join(changed)}/").status_code == 404

    def test_is_404_for_the_key_of_another_member(self, client, path, bob):
        key = path.rstrip("/").rpartition("/")[2].partition("-")[2]

        assert client.get(f"/auth/reset/{bob.pk:x}-{key}/").status_code == 404

    def test_refuses_a_weak_password(self, client, path):
        assert self.reset(client, path, "12345678").status_code == 422
