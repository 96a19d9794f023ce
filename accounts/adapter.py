"""Where allauth asks us."""

from ipaddress import IPv6Address, ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .exceptions import UsernameTaken
from .limits import say_wait, seconds_to_wait
from .models import ReservedUsername, User
from .second_factor import has_second_factor
from .sessions import is_fresh

_ALLAUTH_STAGE = "allauth.account.stages.EmailVerificationStage"
_OUR_STAGE = "accounts.stages.RegistrationVerificationStage"

# Where the exact wait is not known: as long as the longest of these limits.
_TOO_MANY = _("Too many attempts. Try again in five minutes.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_taken": UsernameTaken.message,
        "email_password_mismatch": _("The address or the password is not right."),
        "username_password_mismatch": _("The username or the password is not right."),
        "too_many_login_attempts": _TOO_MANY,
        "rate_limited": _TOO_MANY,
    }
    ways_to_reauthenticate = {
        "reauthenticate": _("Use your password"),
        "mfa_reauthenticate": _("Use a code"),
        "mfa_reauthenticate:webauthn": _("Use a passkey"),
    }

    def get_login_stages(self) -> list[str]:
        return [
            _OUR_STAGE if stage == _ALLAUTH_STAGE else stage
            for stage in super().get_login_stages()
        ]

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return an IPv4 address as such, also when a server writes it as IPv6.

        ``::ffff:192.0.2.1`` would put all of IPv4 into one network, and its limits.
        """
        address = ip_address(super().get_client_ip(request))
        mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
        return str(mapped or address)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt. Raise ValidationError that says when to come back."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            key = self._get_login_attempts_cache_key(request, **credentials)
            wait = say_wait(seconds_to_wait(request, key=key))
            text = _("Too many attempts to log in. Try again in %(wait)s.")
            raise ValidationError(text % {"wait": wait}, code=error.code) from None

    def key_of_attempts(self, request: HttpRequest, **credentials: Any) -> str:
        """Return what stands for an account in the limits of wrong passwords."""
        return self._get_login_attempts_cache_key(request, **credentials)

    def _get_login_attempts_cache_key(
        self, request: HttpRequest, **credentials: Any
    ) -> str:
        """Count by the account, whichever of its names is tried."""
        email, username = credentials.get("email"), credentials.get("username", "")
        tried = User.objects.owning(email) if email else User.objects.named(username)
        if found := tried.values_list("pk", flat=True).first():
            return f"member:{found}"
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        return key

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Believe who has just logged in as much as who has just been asked again."""
        is_required: bool = super().is_reauthentication_required(app=app)
        return is_required and not is_fresh(self.request)

    def is_safe_url(self, url: str) -> bool:
        """Refuse what is no address at all, on which allauth stumbles."""
        try:
            is_safe: bool = super().is_safe_url(url)
        except ValueError:
            return False
        return is_safe

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Refuse a name that is kept back with the sentence for one that is taken.

        Raise ValidationError.
        """
        cleaned: str = super().clean_username(username, shallow)
        if ReservedUsername.objects.named(cleaned).kept_from(User()).exists():
            raise self.validation_error("username_taken")
        return cleaned

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

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Refuse an address that became another member's own in the meantime.

        allauth looks for verified rows alone and would run into our constraint.
        """
        others = User.objects.others_owning(
            email_address.email, but=email_address.user_id
        )
        if others.exists():
            return False
        confirmed: bool = super().confirm_email(request, email_address)
        return confirmed

    def get_reauthentication_methods(
        self, user: User | AnonymousUser
    ) -> list[dict[str, Any]]:
        """Return the ways to prove who one is, the usual one first.

        A session from before the first second factor is not content with the password:
        whoever has stolen both could put a passkey of their own beside the owner's.
        """
        ways = [
            {**way, "description": self.ways_to_reauthenticate[way["id"]]}
            for way in super().get_reauthentication_methods(user)
        ]
        if not isinstance(user, User) or not user.has_second_factor:
            return ways
        if has_second_factor(self.request):
            return ways
        return [way for way in ways if way["id"] != "reauthenticate"]

    def send_notification_mail(
        self, template_prefix: str, user: User, *args: Any, **kwargs: Any
    ) -> None:
        """Leave out mails about second factors, for some of which it is too late.

        allauth sends them after the commit; ``tell_of_second_factor`` is for the views
        to write them with the change itself.
        """
        if not template_prefix.startswith("mfa/"):
            super().send_notification_mail(template_prefix, user, *args, **kwargs)

    def tell_of_second_factor(self, template_prefix: str, user: User) -> None:
        super().send_notification_mail(template_prefix, user)
