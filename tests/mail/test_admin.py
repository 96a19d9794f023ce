import pytest

from mail.models import OutgoingMail
from tests.factories import OutgoingMailFactory

LIST = "/admin/mail/outgoingmail/"


@pytest.mark.django_db
class TestOutgoingMailAdmin:
    def resend(self, client, *mails):
        form = {"action": "resend", "_selected_action": [mail.pk for mail in mails]}
        return client.post(LIST, form, follow=True).content.decode()

    def test_shows_state_and_last_error(self, as_administrator):
        OutgoingMailFactory(failed=True)

        page = as_administrator.get(LIST).content.decode()

        assert "alice@example.com" in page
        assert "Failed" in page
        assert "It failed." in page

    def test_shows_no_link_anywhere(self, as_administrator):
        mail = OutgoingMailFactory(failed=True)

        pages = [
            as_administrator.get(address).content.decode()
            for address in [LIST, f"{LIST}{mail.pk}/change/"]
        ]

        assert not any("secret" in page or mail.sealed in page for page in pages)

    def test_sends_again(self, as_administrator, mailoutbox):
        mail = OutgoingMailFactory(failed=True)

        page = self.resend(as_administrator, mail)

        assert "1 message is queued." in page
        assert len(mailoutbox) == 1

    def test_says_what_it_left_alone(self, as_administrator, mailoutbox):
        page = self.resend(as_administrator, OutgoingMailFactory(sending=True))

        assert "1 of them are being sent just now" in page
        assert mailoutbox == []

    def test_is_not_for_moderators(self, as_moderator, mailoutbox):
        mail = OutgoingMailFactory(failed=True)

        self.resend(as_moderator, mail)

        assert mailoutbox == []
        assert "Messages" not in as_moderator.get("/admin/").content.decode()

    def test_filters_by_state_and_date(self, as_administrator):
        failed = OutgoingMailFactory(failed=True)
        OutgoingMailFactory(sent=True)

        page = as_administrator.get(f"{LIST}?state=failed&written=day")

        assert list(page.context["cl"].result_list) == [failed]

    def test_deletes_and_changes_nothing(self, as_administrator):
        mail = OutgoingMailFactory()
        row = OutgoingMail.objects.values().get()

        for act in ["change", "delete"]:
            as_administrator.post(f"{LIST}{mail.pk}/{act}/", {"subject": "x"})
        as_administrator.post(
            LIST, {"action": "delete_selected", "_selected_action": [mail.pk]}
        )

        assert OutgoingMail.objects.values().get() == row

    def test_costs_the_same_for_one_and_for_fifty(
        self, as_administrator, django_assert_max_num_queries
    ):
        OutgoingMailFactory.create_batch(50)

        with django_assert_max_num_queries(10):
            as_administrator.get(LIST)
