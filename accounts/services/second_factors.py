"""What follows when allauth adds or removes a second factor, and taking all away."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from accounts import emails
from accounts.exceptions import NoSecondFactor
from accounts.models import Decision, User

from .decisions import Ruling, new_decision, record_decisions
from .sessions import end_sessions


@transaction.atomic
def note_second_factors(*, user_id: int) -> None:
    """Keep ``second_factor_since`` in step with what there is.

    The lock makes two at once take turns, so that one of them sees the last one go.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    factors = Authenticator.objects.filter(user=user)
    # Recovery codes replace a factor that is lost; alone they are none.
    has_one = factors.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
    if has_one == user.has_second_factor:
        return
    user.second_factor_since = timezone.now() if has_one else None
    user.save(update_fields=["second_factor_since"])


@transaction.atomic
def reset_second_factors(*, user: User) -> None:
    """Let a member who lost theirs in with the password alone, and tell them by mail.

    The operator does it. Raise NoSecondFactor.
    """
    factors = Authenticator.objects.select_for_update().filter(user=user)
    kinds = sorted(factors.values_list("type", flat=True))
    if not kinds:
        raise NoSecondFactor
    factors.delete()
    end_sessions(user=user)
    decision = new_decision(
        Ruling(actor=None, reason=""),
        kind=Decision.Kind.RESET_FACTORS,
        member=user,
        before={"factors": kinds},
    )
    record_decisions(decisions=[decision])
    emails.tell_factors_reset(member=user)
