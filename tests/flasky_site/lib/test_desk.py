import pytest

from accounts.models import User
from tests.clients import is_logged_in
from tests.factories import PostFactory
from tests.factories.accounts import PASSWORD
from tests.second_factors import give_app


@pytest.mark.django_db
class TestDesk:
    def test_logs_nobody_in_by_its_own_form(self, client, moderator):
        give_app(moderator)

        response = client.post(
            "/admin/login/", {"username": "marta", "password": PASSWORD}
        )

        assert response.url.startswith("/auth/login/")
        assert not is_logged_in(client)

    def test_lets_nobody_in_by_a_mark_without_a_role(self, as_alice, alice):
        User.objects.filter(pk=alice.pk).update(is_staff=True)
        PostFactory(body="hiddenmark", is_hidden=True)

        response = as_alice.get("/admin/", follow=True)

        assert response.status_code == 403
        assert "hiddenmark" not in response.content.decode()

    @pytest.mark.parametrize(
        "address",
        [
            "autocomplete/?app_label=accounts&model_name=decision&field_name=member",
            "r/1/1/",
        ],
    )
    def test_has_no_addresses_that_look_into_every_table(
        self, address, as_administrator
    ):
        assert as_administrator.get(f"/admin/{address}").status_code == 404
