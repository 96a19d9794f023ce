"""Where allauth asks us."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import User

logger = logging.getLogger(__name__)

_ALLAUTH_STAGE = "allauth.account.stages.EmailVerificationStage"
_OUR_STAGE = "accounts.stages.RegistrationVerificationStage"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_taken": _("This name is taken. Choose another one."),
        "email_password_mismatch": _("The address or the password is not right."),
        "username_password_mismatch": _("The username or the password is not right."),
        "too_many_login_attempts": _(
            "Too many attempts to sign in to this account. Wait five minutes and try "
            "again."
        ),
    }

    def get_login_stages(self) -> list[str]:
        return [
            _OUR_STAGE if stage == _ALLAUTH_STAGE else stage
            for stage in super().get_login_stages()
        ]

    def is_safe_url(self, url: str) -> bool:
        """Refuse what is no address at all, on which allauth stumbles."""
        try:
            is_safe: bool = super().is_safe_url(url)
        except ValueError:
            return False
        return is_safe

    def clean_email(self, email: str) -> str:
        """Refuse an address that is too long, or that no mail can be sent to.

        Raise ValidationError.
        """
        User._meta.get_field("email").run_validators(email)
        try:
            email.rpartition("@")[2].encode("idna")
        except UnicodeError:
            raise ValidationError(validate_email.message, code="invalid") from None
        cleaned: str = super().clean_email(email)
        return cleaned

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """Leave nobody without an address, confirmed or not."""
        is_own = email_address.email == email_address.user.email
        return not is_own and bool(super().can_delete_email(email_address))

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        """Say it on the next page when the mail server fails, rather than with a 500.

        What the mail was about has happened, and it can be asked for again.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            # The kind alone: what servers say holds addresses.
            logger.error("Could not send %s: %s", template_prefix, type(error).__name__)
            messages.error(
                allauth_context.request,
                _("The mail could not be sent just now. Ask for it again a bit later."),
            )

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Refuse an address that became another member's own in the meantime.

        allauth looks for verified rows alone and would run into our constraint.
        """
        if User.objects.others_owning(email_address).exists():
            return False
        confirmed: bool = super().confirm_email(request, email_address)
        return confirmed
