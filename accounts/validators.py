"""What a username may be."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# Names that would read as an address of the site or as somebody in charge of it.
RESERVED_USERNAMES = frozenset(
    """
    abuse account accounts admin administrator all anonymous api auth avatar comment
    comments confirm dev edit everyone feed flasky follow followed followers following
    guest healthz help here home hostmaster info login logout mail me media moderate
    moderator moderators nobody none null official owner post posts postmaster privacy
    readyz register robots root search security server settings site staff static
    support system team terms undefined unfollow user username users webmaster www you
    """.split()
)

validate_username_characters = RegexValidator(
    r"^[A-Za-z][A-Za-z0-9_.]*\Z",
    _(
        "Start with a letter and use only letters without accents, digits, dots and "
        "underscores."
    ),
    code="invalid",
)


def is_username(text: str) -> bool:
    """Say whether ``text`` is written as a username is; it may still be reserved."""
    try:
        validate_username_characters(text)
    except ValidationError:
        return False
    return True


def validate_username_not_reserved(username: str) -> None:
    """Raise ValidationError for a name that is kept back, in whatever case."""
    if username.lower() in RESERVED_USERNAMES:
        raise ValidationError(
            _("This name is kept for the site itself. Choose another one."),
            code="reserved",
        )


username_validators: list[Callable[[str], None]] = [
    validate_username_characters,
    validate_username_not_reserved,
]
