"""What administrators change about members."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.exceptions import LastAdministrator
from accounts.models import Decision, User
from flasky_site.lib.merging import Values, merge

from .addresses import replace_address
from .decisions import (
    Ruling,
    new_decision,
    record_decisions,
    refuse_above,
    wait_for_turn,
)
from .profiles import write_fields
from .roles import assign_role
from .usernames import rename_user


@transaction.atomic
def edit_member(*, actor: User, member: User, wanted: Values, seen: Values) -> set[str]:
    """Write of the ``wanted`` fields those that are not as they were ``seen``.

    They may be ``email``, ``is_confirmed``, ``username``, ``role`` and those of a
    profile. Return the names of others that somebody else changed meanwhile. Raise
    AboveYourself, AddressTaken, ChangedMeanwhile, LastAdministrator or UsernameTaken,
    and PermissionDenied when ``actor`` is no administrator any more.
    """
    wait_for_turn()
    actor = User.objects.with_role().get(pk=actor.pk)
    locked = User.objects.with_role().select_for_update(of=("self",))
    member = locked.get(pk=member.pk)
    if not actor.has_perm("accounts.administer"):
        raise PermissionDenied
    current = {name: getattr(member, name) for name in wanted}
    changes, kept = merge(wanted=wanted, seen=seen, current=current)
    refuse_above(actor=actor, members=[member], role=str(changes.get("role", "")))
    was_administrator = User.objects.administrators().filter(pk=member.pk).exists()
    _write(member, dict(changes))
    if was_administrator and not User.objects.administrators().exists():
        raise LastAdministrator
    if changes and actor.pk != member.pk:
        _record(actor, member, {name: current[name] for name in changes})
    return kept


def _record(actor: User, member: User, before: dict[str, object]) -> None:
    """Note what was changed; of an address only that it was, since many read it."""
    if "email" in before:
        before = {**before, "email": ""}
    decision = new_decision(
        Ruling(actor=actor, reason=""),
        kind=Decision.Kind.EDIT_MEMBER,
        member=member,
        before=before,
    )
    record_decisions(decisions=[decision])


def _write(member: User, changes: dict[str, object]) -> None:
    if username := changes.pop("username", None):
        rename_user(user=member, username=str(username))
    if {"email", "is_confirmed"} & changes.keys():
        email = str(changes.pop("email", member.email))
        is_confirmed = bool(changes.pop("is_confirmed", member.is_confirmed))
        replace_address(user=member, email=email, is_confirmed=is_confirmed)
    if role := changes.pop("role", None):
        assign_role(user=member, role=str(role))
    write_fields(user=member, changes=changes)
