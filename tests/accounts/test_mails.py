import re

import pytest

from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.links import link_in
from tests.scratch.smtp import smtp_server

NEW = "a new battery staple"


def register(client, **changes):
    form = {"email": "nora@example.com", "username": "nora", **changes}
    client.post("/auth/register/", {**form, "password1": NEW, "password2": NEW})


def send_all(client, as_alice, as_newcomer, mailoutbox):
    """Do everything that sends a mail, and return what was sent."""
    register(client)
    register(client, email="alice@example.com", username="other")
    as_newcomer.post("/auth/confirm/resend/")
    as_alice.post("/auth/reauthenticate/", {"password": PASSWORD})
    add = {"action_add": "yes", "email": "next@example.com"}
    as_alice.post("/auth/change-email/", add)
    as_alice.post(link_in(mailoutbox[-1], "/auth/confirm/"))
    change = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    as_alice.post("/auth/change-password/", change)
    for email in ["nobody@example.com", "next@example.com"]:
        client.post("/auth/reset/", {"email": email})
    form = client.get(link_in(mailoutbox[-1], "/auth/reset/")).url
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    return mailoutbox


@pytest.mark.django_db
class TestMails:
    def test_have_text_and_html_and_our_prefix_and_whole_links(
        self, client, as_alice, as_newcomer, mailoutbox
    ):
        mails = send_all(client, as_alice, as_newcomer, mailoutbox)

        assert len(mails) == 9
        for mail in mails:
            [(html, kind)] = mail.alternatives
            links = re.findall(r'href="([^"]+)"', html)
            assert kind == "text/html"
            assert mail.subject.startswith("[Flasky] ")
            assert "\n" not in mail.subject
            assert mail.body.strip()
            assert all(link.startswith("http://testserver/") for link in links)

    def test_arrive_whole_at_a_mail_server(self, client, settings):
        settings.MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        with smtp_server() as inbox:
            settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", inbox.port
            UserFactory(username="zoe", email="zoe@example.com")
            client.post("/auth/reset/", {"email": "zoe@example.com"})

        [message] = inbox.messages
        text = message.get_body(("plain",)).get_content()
        html = message.get_body(("html",)).get_content()
        assert message.get_content_type() == "multipart/alternative"
        assert message["To"] == "zoe@example.com"
        assert message["Subject"].startswith("[Flasky] ")
        link = re.search(r"http://testserver/auth/reset/\S+", text)[0]
        assert link in html
