import pytest

from flasky_site.lib.sealing import UnsealError
from mail.letters import seal_message, unseal_message
from tests.factories.mail import LINK, message


class TestSealMessage:
    def test_lets_nobody_read_a_link(self):
        sealed = seal_message(message())

        assert "secret" not in sealed
        assert "http" not in sealed

    def test_refuses_attachments(self):
        with_attachment = message()
        with_attachment.attach("note.txt", "Hello")

        with pytest.raises(ValueError, match="attachments"):
            seal_message(with_attachment)


class TestUnsealMessage:
    def test_gives_back_every_part(self):
        sent = message(
            cc=["bob@example.com"],
            bcc=["carol@example.com"],
            reply_to=["desk@example.com"],
            headers={"X-Kind": "reset"},
        )

        found = unseal_message(seal_message(sent))

        for name in ["subject", "body", "from_email", "to", "cc", "bcc", "reply_to"]:
            assert getattr(found, name) == getattr(sent, name)
        assert found.extra_headers["X-Kind"] == "reset"
        assert found.alternatives == [(f'<a href="{LINK}">Open</a>', "text/html")]

    def test_names_the_message_alike_in_each_attempt(self):
        sealed = seal_message(message())

        names = {unseal_message(sealed).message()["Message-ID"] for _attempt in "ab"}

        assert len(names) == 1
        assert names.pop().endswith("@example.com>")

    def test_refuses_what_was_sealed_with_another_key(self, settings):
        sealed = seal_message(message())
        settings.SECRET_KEY = "another"

        with pytest.raises(UnsealError):
            unseal_message(sealed)
