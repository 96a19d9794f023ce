"""What moderators and administrators decide about members, one or many at once.

Each act is one transaction, locks the members in the order of their ids, leaves those
alone for whom a rule of ``.rules`` says why, and writes the record. It returns what it
wrote there, and costs about the same for one member and for many.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import roles
from accounts.exceptions import LastAdministrator, NotYourself, SuspensionOver
from accounts.models import Decision, Session, User

from . import rules
from .addresses import mark_addresses, note_address
from .decisions import (
    Ruling,
    decided_anew,
    new_decision,
    record_decisions,
    refuse_above,
    refuse_without,
    wait_for_turn,
)
from .roles import assign_roles

Kind = Decision.Kind
Decisions = list[Decision]
# What only administrators may do; moderators do the rest.
_NEEDED: dict[str, str] = {
    Kind.CONFIRM: "accounts.administer",
    Kind.CHANGE_ROLE: "accounts.administer",
}
_WRITTEN_AT_ONCE = 100


@dataclass(frozen=True, kw_only=True)
class Suspension:
    """Until when somebody is kept out, None for good, and the reason they read."""

    until: datetime | None
    reason: str

    @classmethod
    def of(cls, member: User) -> "Suspension | None":
        """Return the one in force, if any."""
        if not member.is_suspended:
            return None
        return cls(until=member.suspended_until, reason=member.suspension_reason)

    def as_written(self) -> dict[str, Any]:
        """Return what the record keeps of it."""
        end = self.until.isoformat() if self.until else None
        return {"suspended": True, "until": end, "reason": self.reason}


@dataclass(frozen=True, kw_only=True)
class _Deed:
    """What an act does to those members whom it does not leave as they are."""

    kind: Decision.Kind
    # Truthy for who stays.
    keeps: Callable[[User], Any]
    # What the record keeps of how they were; asked before ``write`` is called.
    before: Callable[[User], Mapping[str, Any]]
    write: Callable[[Sequence[User]], None]
    # Whether an administrator is none after it.
    disarms: bool = False
    # The role that it gives.
    role: str | None = None


def suspend_members(
    *, ruling: Ruling, members: Iterable[User], until: datetime | None
) -> Decisions:
    """Keep ``members`` out until then, for good when there is no end.

    A suspension that is there is replaced. Raise AboveYourself, LastAdministrator,
    NotYourself, SuspensionOver or PermissionDenied.
    """
    if until is not None and until <= timezone.now():
        raise SuspensionOver
    suspension = Suspension(until=until, reason=ruling.reason)
    return put_suspensions(
        ruling=ruling, suspensions={member.pk: suspension for member in members}
    )


def put_suspensions(
    *, ruling: Ruling, suspensions: Mapping[int, Suspension]
) -> Decisions:
    """Suspend members, by their ids, each in their own way.

    Raise AboveYourself, LastAdministrator, NotYourself or PermissionDenied.
    """
    now = timezone.now()

    def keeps(member: User) -> bool:
        if rules.why_not_suspend(member, ruling.actor):
            raise NotYourself
        return Suspension.of(member) == suspensions[member.pk]

    def write(members: Sequence[User]) -> None:
        for member in members:
            suspension = suspensions[member.pk]
            member.suspended_at, member.suspended_until = now, suspension.until
            member.suspension_reason = suspension.reason
        columns = ["suspended_at", "suspended_until", "suspension_reason"]
        User.objects.bulk_update(members, columns, batch_size=_WRITTEN_AT_ONCE)

    deed = _Deed(
        kind=Kind.SUSPEND, keeps=keeps, before=_suspension, write=write, disarms=True
    )
    return _act(deed, ruling, suspensions)


def lift_suspensions(*, ruling: Ruling, members: Iterable[User]) -> Decisions:
    """Let ``members`` in again. Raise AboveYourself or PermissionDenied."""

    def write(members: Sequence[User]) -> None:
        _write(members, suspended_at=None, suspended_until=None, suspension_reason="")

    deed = _Deed(
        kind=Kind.LIFT, keeps=rules.why_not_lift, before=_suspension, write=write
    )
    return _act(deed, ruling, _ids(members))


def confirm_members(*, ruling: Ruling, members: Iterable[User]) -> Decisions:
    """Take the addresses of ``members`` for theirs without a link.

    Raise AboveYourself or PermissionDenied.
    """

    def write(members: Sequence[User]) -> None:
        _write(members, confirmed_at=timezone.now())
        mark_addresses(users=members, is_verified=True)

    deed = _Deed(
        kind=Kind.CONFIRM,
        keeps=rules.why_not_confirm,
        before=lambda member: {"confirmed": False},
        write=write,
    )
    return _act(deed, ruling, _ids(members))


def unconfirm_members(*, ruling: Ruling, members: Iterable[User]) -> Decisions:
    """Have ``members`` prove their addresses again before they go on.

    Raise AboveYourself, LastAdministrator or PermissionDenied.
    """

    def write(members: Sequence[User]) -> None:
        _write(members, confirmed_at=None, unconfirmed_at=timezone.now())
        mark_addresses(users=members, is_verified=False)

    deed = _Deed(
        kind=Kind.UNCONFIRM,
        keeps=rules.why_not_unconfirm,
        before=lambda member: {"confirmed": True},
        write=write,
        disarms=True,
    )
    return _act(deed, ruling, _ids(members))


def resend_confirmations(*, ruling: Ruling, members: Iterable[User]) -> Decisions:
    """Send those of ``members`` who have not confirmed their address a new link.

    The link takes the site's address from the request that is being answered. Raise
    AboveYourself or PermissionDenied.
    """

    def write(members: Sequence[User]) -> None:
        for member in members:
            note_address(user=member).send_confirmation()

    deed = _Deed(
        kind=Kind.RESEND,
        keeps=rules.why_not_confirm,
        before=lambda member: {},
        write=write,
    )
    return _act(deed, ruling, _ids(members))


def change_roles(*, ruling: Ruling, members: Iterable[User], role: str) -> Decisions:
    """Give ``members`` the one role ``role``.

    Raise AboveYourself, LastAdministrator or PermissionDenied.
    """

    def write(members: Sequence[User]) -> None:
        assign_roles(users=members, role=role)

    deed = _Deed(
        kind=Kind.CHANGE_ROLE,
        keeps=rules.why_not_give(role),
        before=lambda member: {"role": member.role},
        write=write,
        disarms=role != roles.ADMINISTRATOR,
        role=role,
    )
    return _act(deed, ruling, _ids(members))


@transaction.atomic
def sign_out_members(*, ruling: Ruling, members: Iterable[User]) -> Decisions:
    """End every session of ``members``. Raise AboveYourself or PermissionDenied."""
    members = list(members)
    wait_for_turn()
    # Before their members, as a session that is just used locks them in this order.
    sessions = Session.objects.filter(user__in=members).order_by("pk")
    list(sessions.select_for_update(of=("self",)).values_list("pk", flat=True))

    def write(members: Sequence[User]) -> None:
        Session.objects.filter(user__in=members).delete()

    deed = _Deed(
        kind=Kind.END_SESSIONS,
        keeps=rules.why_not_sign_out,
        before=lambda member: {"sessions": member.session_count},
        write=write,
    )
    return _act(deed, ruling, _ids(members))


@transaction.atomic
def _act(deed: _Deed, ruling: Ruling, member_ids: Iterable[int]) -> Decisions:
    """Do ``deed`` to those whom it does not leave as they are, and record it."""
    wait_for_turn()
    deciding: str = deed.kind
    if ruling.undoes and ruling.undoes[0].undoes_id is None:
        # Who may do a thing may take it back. That is not done anew by taking back
        # what took it back: confirming by hand is for administrators both times.
        deciding = ruling.undoes[0].kind
    refuse_without(_NEEDED.get(deciding, "blog.moderate"), actor=ruling.actor)
    locked = list(
        User.objects.with_role()
        .with_sessions()
        .filter(pk__in=member_ids)
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
    )
    anew = decided_anew(ruling)
    locked = [member for member in locked if (member.pk, None) not in anew]
    refuse_above(actor=ruling.actor, members=locked, role=deed.role)
    changed = [member for member in locked if not deed.keeps(member)]
    if deed.disarms and rules.needed_administrators(changed):
        raise LastAdministrator
    decisions = [
        new_decision(ruling, kind=deed.kind, member=member, before=deed.before(member))
        for member in changed
    ]
    if changed:
        deed.write(changed)
    return record_decisions(decisions=decisions)


def _ids(members: Iterable[User]) -> list[int]:
    return [member.pk for member in members]


def _suspension(member: User) -> dict[str, Any]:
    """Return the suspension in force as the record keeps it."""
    suspension = Suspension.of(member)
    return suspension.as_written() if suspension else {"suspended": False}


def _write(members: Iterable[User], **values: Any) -> None:
    User.objects.filter(pk__in=_ids(members)).update(**values)
