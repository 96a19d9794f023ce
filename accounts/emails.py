"""The mails that are ours; the others are allauth's in our templates."""

from allauth.account.adapter import get_adapter

from .models import User


def tell_address_replaced(*, member: User, former: str) -> None:
    """Tell a former address that an administrator put another in its place.

    Not with allauth's notice, which names the place and browser of whoever did it.
    """
    context = {"username": member.username, "former": former, "email": member.email}
    get_adapter().render_mail("account/email/address_replaced", former, context).send()


def tell_factors_reset(*, member: User) -> None:
    """Tell a member that the operator took their second factors away."""
    get_adapter().render_mail("mfa/email/factors_reset", member.email, {}).send()
