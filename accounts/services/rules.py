"""Why an act would leave a member as they are, in words; "" when it would change them.

The services go by these rules, and so do the pages that say beforehand what will
change. Members are loaded ``with_role`` and ``with_sessions``.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import User


def why_not_suspend(member: User, actor: User | None) -> str:
    return _("this is you") if actor is not None and actor.pk == member.pk else ""


def why_not_lift(member: User, actor: User | None = None) -> str:
    return "" if member.is_suspended else _("not suspended")


def why_not_confirm(member: User, actor: User | None = None) -> str:
    return _("confirmed already") if member.is_confirmed else ""


def why_not_unconfirm(member: User, actor: User | None = None) -> str:
    return "" if member.is_confirmed else _("not confirmed")


def why_not_sign_out(member: User, actor: User | None = None) -> str:
    return "" if member.session_count else _("signed in nowhere")


def why_not_give(role: str) -> Callable[..., str]:
    """Return the rule about giving somebody the one role ``role``."""

    def why_not_give_it(member: User, actor: User | None = None) -> str:
        return _("has this role already") if member.role == role else ""

    return why_not_give_it


def needed_administrators(members: Iterable[Any]) -> set[int]:
    """Return the ids of those of ``members`` without whom nobody could administer."""
    chosen = {it.pk for it in members if it.role == roles.ADMINISTRATOR}
    if not chosen:
        return set()
    able = set(User.objects.administrators().values_list("pk", flat=True))
    return able if able <= chosen else set()
