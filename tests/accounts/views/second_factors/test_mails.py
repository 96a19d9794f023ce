import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse

from accounts.adapter import AccountAdapter
from mail.models import OutgoingMail
from tests.second_factors import Passkey

from .steps import APP_OFF, NEW_CODES, Type, add_passkey, set_up_app


def add_one(client):
    return add_passkey(client, Passkey(b"another"))


def remove_one(client):
    key = Authenticator.objects.filter(type=Type.WEBAUTHN).latest("pk")
    return client.post(reverse("mfa_remove_webauthn", args=[key.pk]))


ACTS = {
    "An authenticator app was set up": ([], set_up_app),
    "Your authenticator app was turned off": (
        [set_up_app],
        lambda client: client.post(APP_OFF),
    ),
    "You have new recovery codes": (
        [set_up_app],
        lambda client: client.post(NEW_CODES),
    ),
    "A passkey was added": ([set_up_app], add_one),
    "A passkey was removed": ([add_one], remove_one),
}


@pytest.mark.django_db(transaction=True)
class TestMailsAboutChanges:
    @pytest.mark.parametrize("subject", ACTS)
    def test_are_written_once_as_text_and_html(
        self, as_sure_alice, alice, mailoutbox, subject
    ):
        before, act = ACTS[subject]
        for step in before:
            step(as_sure_alice)
        mailoutbox.clear()

        act(as_sure_alice)

        assert [mail.subject for mail in mailoutbox] == [f"[Flasky] {subject}"]
        assert mailoutbox[0].to == [alice.email]
        html, mimetype = mailoutbox[0].alternatives[0]
        assert mimetype == "text/html"
        assert all(
            "http://testserver/auth/" in text for text in (mailoutbox[0].body, html)
        )

    @pytest.mark.parametrize("subject", ACTS)
    def test_are_not_written_when_the_change_is_undone(
        self, as_sure_alice, subject, monkeypatch
    ):
        before, act = ACTS[subject]
        for step in before:
            step(as_sure_alice)
        OutgoingMail.objects.all().delete()
        rows = list(Authenticator.objects.order_by("pk").values_list("pk", flat=True))
        tell = AccountAdapter.tell_of_second_factor

        def tell_and_break(*arguments):
            tell(*arguments)
            assert OutgoingMail.objects.exists()
            raise ConnectionError("the database went away")

        monkeypatch.setattr(AccountAdapter, "tell_of_second_factor", tell_and_break)

        with pytest.raises(ConnectionError):
            act(as_sure_alice)

        assert not OutgoingMail.objects.exists()
        after = Authenticator.objects.order_by("pk").values_list("pk", flat=True)
        assert list(after) == rows
        assert not transaction.get_connection().in_atomic_block
