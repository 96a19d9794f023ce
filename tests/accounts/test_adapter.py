import pytest

from accounts.adapter import AccountAdapter
from tests.factories import UserFactory


@pytest.mark.django_db
class TestConfirmEmail:
    def test_refuses_an_address_that_somebody_took_since_the_page_was_shown(
        self, rf, alice
    ):
        address = alice.emailaddress_set.create(email="wanted@example.com")
        UserFactory(username="quick", email="wanted@example.com", without_address=True)

        assert not AccountAdapter().confirm_email(rf.post("/"), address)

        address.refresh_from_db()
        assert not address.verified
