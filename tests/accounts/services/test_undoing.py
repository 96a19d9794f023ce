from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import roles, services
from accounts.models import Decision, User
from accounts.services import Ruling
from tests.factories import UserFactory

SOON = timezone.now() + timedelta(days=1)


@pytest.fixture
def ruling(administrator):
    return Ruling(actor=administrator, reason="It is time.")


def states():
    members = User.objects.with_role().order_by("id")
    return [
        (it.suspended_until, it.suspension_reason, it.is_confirmed, it.role)
        for it in members
    ]


@pytest.mark.django_db
class TestUndoMemberDecisions:
    def test_gives_each_their_own_suspension_back(self, ruling, administrator):
        members = UserFactory.create_batch(3)
        for days, member in enumerate(members[:2], start=1):
            services.suspend_members(
                ruling=Ruling(actor=administrator, reason=f"Reason {days}."),
                members=[member],
                until=SOON + timedelta(days=days),
            )
        before = states()
        batch = Ruling(actor=administrator, reason="All of them.")
        decisions = services.suspend_members(ruling=batch, members=members, until=None)
        taken_back = Ruling(actor=administrator, reason="", undoes=decisions)

        services.undo_member_decisions(ruling=taken_back, decisions=decisions)

        assert states() == before
        kinds = Decision.objects.filter(batch=taken_back.batch).values_list("kind")
        assert sorted(kinds) == [("lift",), ("suspend",), ("suspend",)]
        undoes = Decision.objects.filter(undoes__isnull=False)
        assert all(it.member_id == it.undoes.member_id for it in undoes)

    def test_brings_no_suspension_back_that_is_over_by_now(
        self, ruling, administrator, bob
    ):
        services.suspend_members(ruling=ruling, members=[bob], until=SOON)
        ended = Decision.objects.get()
        gone_by = (timezone.now() - timedelta(days=1)).isoformat()
        lifted = services.lift_suspensions(ruling=ruling, members=[bob])[0]
        lifted.before = {**lifted.before, "until": gone_by}
        taken_back = Ruling(actor=administrator, reason="", undoes=[lifted])

        services.undo_member_decisions(ruling=taken_back, decisions=[lifted])

        bob.refresh_from_db()
        assert not bob.is_suspended
        assert ended.before == {"suspended": False}

    @pytest.mark.parametrize(
        ("act", "asked"),
        [
            (services.suspend_members, {"until": None}),
            (services.suspend_members, {"until": SOON}),
            (services.lift_suspensions, {}),
            (services.unconfirm_members, {}),
            (services.confirm_members, {}),
            (services.change_roles, {"role": roles.MODERATOR}),
        ],
    )
    def test_costs_no_more_for_forty_than_a_few_acts(
        self, act, asked, ruling, administrator, django_assert_max_num_queries
    ):
        for hours in range(20):
            # No two of them suspended in the same way.
            ends = SOON + timedelta(hours=hours)
            UserFactory(suspended_at=timezone.now(), suspended_until=ends)
            UserFactory(
                role=roles.ADMINISTRATOR, unconfirmed=act == services.confirm_members
            )
        others = User.objects.exclude(pk=administrator.pk)
        before = states()
        decisions = act(ruling=ruling, members=others, **asked)
        taken_back = Ruling(actor=administrator, reason="", undoes=decisions)

        # For two acts, those who were suspended before or had another role; what was
        # decided since is asked for in each.
        with django_assert_max_num_queries(2 * 21):
            services.undo_member_decisions(ruling=taken_back, decisions=decisions)

        assert len(decisions) >= 20
        assert states() == before
