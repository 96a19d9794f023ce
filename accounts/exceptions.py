"""The rules about members that can say no."""

from django.utils.translation import gettext_lazy as _

from flasky_site.lib.errors import DomainError


class SecondFactorChanged(DomainError):
    message = _(
        "Your security settings were changed in another window at the same moment. "
        "Look at what is there now, and try again."
    )


class SecondFactorUnreadable(DomainError):
    message = _(
        "Your codes cannot be checked any more. Write to the people who run this site: "
        "they can let you in and have you begin anew."
    )


class NoSecondFactor(DomainError):
    message = _("This member logs in with a password alone.")


class UsernameTaken(DomainError):
    message = _("This name is taken. Choose another one.")


class AddressTaken(DomainError):
    message = _("This address is taken.")


class AboveYourself(DomainError):
    message = _("Nobody can give or change a role that is higher than their own.")


class LastAdministrator(DomainError):
    message = _(
        "This is the last administrator, and nobody could undo it. Make somebody else "
        "an administrator first."
    )


class NotYourself(DomainError):
    message = _("Nobody can suspend themselves.")


class SuspensionOver(DomainError):
    message = _("This moment has passed. Choose a later one.")


class AlreadyUndone(DomainError):
    message = _("Somebody has taken this back already.")


class TooManyTokens(DomainError):
    message = _("You have as many tokens as one can. Revoke one first.")


class TokenLastsTooLong(DomainError):
    message = _("A token ends some day within a year from now.")
