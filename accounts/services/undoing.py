"""Taking back what was decided about members."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Decision, User

from .decisions import Ruling
from .moderation import (
    Suspension,
    change_roles,
    confirm_members,
    lift_suspensions,
    put_suspensions,
    unconfirm_members,
)

Kind = Decision.Kind
UNDONE_HERE = frozenset(
    {Kind.SUSPEND, Kind.LIFT, Kind.CONFIRM, Kind.UNCONFIRM, Kind.CHANGE_ROLE}
)


@transaction.atomic
def undo_member_decisions(
    *, ruling: Ruling, decisions: Sequence[Decision]
) -> list[Decision]:
    """Make members what they were before ``decisions``, which ``ruling`` undoes.

    One act for all who are treated alike, so that many cost little more than one.
    Return what that wrote into the record. Raise AlreadyUndone and what the acts raise.
    """
    by_way: dict[tuple[Kind, str], list[Decision]] = {}
    for decision in decisions:
        by_way.setdefault(_way_back(decision), []).append(decision)
    undone: list[Decision] = []
    for (kind, role), alike in by_way.items():
        undone += _undo(kind, role, ruling, alike)
    return undone


def _way_back(decision: Decision) -> tuple[Kind, str]:
    """Return which act undoes ``decision``, and the role that is given then."""
    if decision.kind == Kind.CONFIRM:
        return Kind.UNCONFIRM, ""
    if decision.kind == Kind.UNCONFIRM:
        return Kind.CONFIRM, ""
    if decision.kind == Kind.CHANGE_ROLE:
        return Kind.CHANGE_ROLE, decision.before["role"]
    until = _end_of(decision)
    is_over = until is not None and until <= timezone.now()
    was_suspended = decision.before["suspended"] and not is_over
    return (Kind.SUSPEND if was_suspended else Kind.LIFT), ""


def _undo(
    kind: Kind, role: str, ruling: Ruling, decisions: Sequence[Decision]
) -> list[Decision]:
    if kind == Kind.SUSPEND:
        suspensions = {
            it.member_id: Suspension(until=_end_of(it), reason=it.before["reason"])
            for it in decisions
        }
        return put_suspensions(ruling=ruling, suspensions=suspensions)
    members = User.objects.filter(pk__in=[it.member_id for it in decisions]).only("pk")
    if kind == Kind.CHANGE_ROLE:
        return change_roles(ruling=ruling, members=members, role=role)
    act = {
        Kind.LIFT: lift_suspensions,
        Kind.CONFIRM: confirm_members,
        Kind.UNCONFIRM: unconfirm_members,
    }[kind]
    return act(ruling=ruling, members=members)


def _end_of(decision: Decision) -> datetime | None:
    """Return until when the suspension lasted that was there before, if it ended."""
    end = decision.before.get("until")
    return datetime.fromisoformat(end) if end else None
