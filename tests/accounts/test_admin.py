from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from blog.admin import AuthorAdmin
from tests.factories import PostFactory, UserFactory

LIST = "/admin/accounts/user/"


@pytest.mark.django_db
class TestMemberList:
    def found(self, client, query):
        page = client.get(f"{LIST}?{query}")
        return {member.username for member in page.context["cl"].result_list}

    def test_filters_by_state(self, as_moderator, newcomer):
        UserFactory(username="spammer", suspended=True)

        assert self.found(as_moderator, "state=suspended") == {"spammer"}
        assert self.found(as_moderator, "state=unconfirmed") == {"newcomer"}

    def test_filters_by_role(self, as_moderator, administrator, alice):
        assert self.found(as_moderator, "role=moderator") == {"marta"}
        assert self.found(as_moderator, "role=administrator") == {"ada"}

    def test_stays_in_the_order_of_ids_whatever_is_asked(
        self, as_moderator, monkeypatch
    ):
        monkeypatch.setattr(AuthorAdmin, "list_per_page", 1)
        UserFactory(username="older", name="Zoe")
        UserFactory(username="newer", name="Adam")

        assert self.found(as_moderator, "o=-1") == {"newer"}

    def test_filters_by_when_they_joined(self, alice, as_moderator):
        User.objects.filter(pk=alice.pk).update(
            date_joined=timezone.now() - timedelta(days=40)
        )

        assert self.found(as_moderator, "joined=new") == {"marta"}

    def test_finds_by_id_and_by_the_beginning_of_a_name(
        self, as_moderator, alice, newcomer
    ):
        assert self.found(as_moderator, f"q={alice.pk}") == {"alice"}
        assert self.found(as_moderator, "q=@ALI") == {"alice"}
        assert self.found(as_moderator, "q=Newcomer") == {"newcomer"}
        assert self.found(as_moderator, "q=nobody") == set()

    def test_finds_addresses_for_administrators_alone(
        self, as_moderator, as_administrator, alice
    ):
        query = "q=alice@example.com"

        assert self.found(as_administrator, query) == {"alice"}
        assert self.found(as_moderator, query) == set()

    def test_shows_no_address_and_no_secret(self, as_moderator, alice):
        pages = "".join(
            as_moderator.get(address).content.decode()
            for address in (LIST, f"{LIST}{alice.pk}/change/")
        )

        assert "@alice" in pages
        for secret in (alice.email, alice.password, alice.gravatar_hash):
            assert secret not in pages

    def test_shows_administrators_the_address(self, as_administrator, alice):
        page = as_administrator.get(f"{LIST}{alice.pk}/change/").content.decode()

        assert alice.email in page

    @pytest.mark.parametrize(
        "lookup", ["email__startswith=a", "password__contains=x", "groups=1"]
    )
    def test_lets_nobody_guess_what_it_does_not_show(self, lookup, as_moderator):
        assert as_moderator.get(f"{LIST}?{lookup}").status_code == 400


@pytest.mark.django_db
class TestMemberPage:
    def test_shows_what_they_wrote_and_leads_to_the_site(self, as_moderator, alice):
        PostFactory(author=alice, body="Some *words*", is_hidden=True)

        page = as_moderator.get(f"{LIST}{alice.pk}/change/").content.decode()

        assert "Some <em>words</em>" in page
        assert 'href="/user/alice/"' in page

    def test_shows_what_administrators_did_to_administrators_alone(
        self, as_moderator, as_known, alice
    ):
        form = {"id": alice.pk, "reason": "She helps."}
        as_known.post(f"{LIST}act/role-moderator/", form)

        pages = [
            client.get(f"{LIST}{alice.pk}/change/").content.decode()
            for client in (as_moderator, as_known)
        ]

        assert ["She helps." in page for page in pages] == [False, True]

    def test_offers_moderators_what_they_may_do(self, as_moderator, alice):
        page = as_moderator.get(f"{LIST}{alice.pk}/change/")

        offered = {offer["act"].slug for offer in page.context["offers"]}
        assert offered == {"suspend", "unconfirm"}

    def test_offers_nothing_against_somebody_higher(self, as_moderator, administrator):
        page = as_moderator.get(f"{LIST}{administrator.pk}/change/")

        assert page.context["offers"] == []


@pytest.mark.django_db
class TestDesk:
    def test_edits_no_groups_permissions_or_sessions(self, as_administrator):
        for label in ("auth/group", "auth/permission", "accounts/session"):
            assert as_administrator.get(f"/admin/{label}/").status_code == 404
