"""The record: what somebody with a role did, written with the deed itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts import roles
from accounts.exceptions import AboveYourself, AlreadyUndone
from accounts.models import Decision, User
from flasky_site.lib.visitors import forget_pages

_WRITTEN_AT_ONCE = 100
Kind = Decision.Kind
# What each of these kinds decides about, and which rows of the record settle it.
_SETTLED_BY: tuple[tuple[frozenset[str], Q], ...] = (
    *(
        (frozenset(kinds), Q(kind__in=kinds))
        for kinds in (
            (Kind.HIDE_POST, Kind.RESTORE_POST),
            (Kind.DISABLE_COMMENT, Kind.ENABLE_COMMENT),
            (Kind.SUSPEND, Kind.LIFT),
        )
    ),
    (
        frozenset({Kind.CONFIRM, Kind.UNCONFIRM}),
        Q(kind__in=(Kind.CONFIRM, Kind.UNCONFIRM))
        | Q(kind=Kind.EDIT_MEMBER, before__has_any_keys=["email", "is_confirmed"]),
    ),
    (
        frozenset({Kind.CHANGE_ROLE}),
        Q(kind=Kind.CHANGE_ROLE) | Q(kind=Kind.EDIT_MEMBER, before__has_key="role"),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """Who decides, and why; ``actor`` None is the operator on the command line.

    ``undoes`` are the decisions that this one takes back.
    """

    actor: User | None
    reason: str
    undoes: Sequence[Decision] = ()
    batch: UUID = field(default_factory=uuid4)

    def undone(self, member_id: int, target_id: int | None) -> Decision | None:
        """Return what is taken back about this member or text."""
        return self._undone.get((member_id, target_id))

    @cached_property
    def _undone(self) -> dict[tuple[int, int | None], Decision]:
        return {(it.member_id, it.target_id): it for it in self.undoes}


def new_decision(
    ruling: Ruling,
    *,
    kind: Decision.Kind,
    member: User,
    before: Mapping[str, Any],
    target_id: int | None = None,
) -> Decision:
    """Return a row of the record that is yet to be written."""
    actor = ruling.actor
    return Decision(
        kind=kind,
        actor=actor,
        actor_name=actor.username if actor else "",
        member=member,
        member_name=member.username,
        target_id=target_id,
        reason=ruling.reason,
        before=dict(before),
        batch=ruling.batch,
        undoes=ruling.undone(member.pk, target_id),
    )


def decided_anew(ruling: Ruling) -> set[tuple[int, int | None]]:
    """Return the ids of members and texts about which somebody has decided since.

    "Since" is after what ``ruling`` undoes: to bring back what was before that would
    undo the later decision instead. Ask with the rows locked, so that it stays so.
    """
    anew: set[tuple[int, int | None]] = set()
    for kinds, settling in _SETTLED_BY:
        undone = {
            (one.member_id, one.target_id): one.pk
            for one in ruling.undoes
            if one.kind in kinds
        }
        if undone:
            members = {member_id for member_id, _target_id in undone}
            later = Decision.objects.filter(
                settling, pk__gt=min(undone.values()), member__in=members
            ).values_list("member_id", "target_id", "pk")
            anew |= {
                (who, what)
                for who, what, pk in later
                if pk > undone.get((who, what), pk)
            }
    return anew


@transaction.atomic
def record_decisions(*, decisions: Iterable[Decision]) -> list[Decision]:
    """Write the record of what was just done, in the same transaction.

    Visitors see at once what somebody with a role did. Raise AlreadyUndone when one of
    them undoes what another has undone before.
    """
    forget_pages()
    try:
        with transaction.atomic():
            return Decision.objects.bulk_create(decisions, batch_size=_WRITTEN_AT_ONCE)
    except IntegrityError:
        raise AlreadyUndone from None


def refuse_above(
    *, actor: User | None, members: Sequence[User], role: str | None = None
) -> None:
    """Raise AboveYourself when ``role`` or one of ``members`` is higher than ``actor``.

    ``members`` are loaded ``with_role``. The operator, who is None, stands above
    everybody.
    """
    if actor is None:
        return
    own = User.objects.with_role().get(pk=actor.pk).role
    highest = max(map(roles.rank_of, (role, *(member.role for member in members))))
    if highest > roles.rank_of(own):
        raise AboveYourself


def refuse_without(permission: str, *, actor: User | None) -> None:
    """Raise PermissionDenied when ``actor`` has lost ``permission`` meanwhile.

    Read anew: an actor that was loaded a while ago remembers what they were allowed.
    """
    if actor is None:
        return
    if not User.objects.get(pk=actor.pk).has_perm(permission):
        raise PermissionDenied


def wait_for_turn() -> None:
    """Let what could take the last administrator away come one after the other.

    Two who demote themselves at the same moment would each see the other stay. The
    lock is one that giving somebody the role does not wait for.
    """
    Group.objects.select_for_update(no_key=True).get(name=roles.ADMINISTRATOR)
