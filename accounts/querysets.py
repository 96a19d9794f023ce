"""Which members there are, and who may see them."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Upper

if TYPE_CHECKING:
    from allauth.account.models import EmailAddress

    from accounts.models import User


class UserQuerySet(QuerySet["User"]):
    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def visible_to(self, viewer: "User | AnonymousUser") -> Self:
        """Limit to the members whose pages ``viewer`` may open.

        Nobody has a page before they have confirmed their address, or when they are
        gone. That holds for every viewer so far.
        """
        return self.filter(is_active=True).confirmed()

    def named(self, username: str) -> Self:
        """Limit to the member of that name in whatever case, by the unique index."""
        return self.alias(upper_name=Upper("username")).filter(
            upper_name=Upper(Value(username))
        )

    def owning(self, email: str) -> Self:
        """Limit to those to whom ``email`` belongs: as their own, or proven by a link.

        Who has only typed it as their next address does not own it.
        """
        proven = Q(emailaddress__email=email.lower(), emailaddress__verified=True)
        return self.filter(Q(email=email) | proven).distinct()

    def others_owning(self, address: "EmailAddress") -> Self:
        """Limit to those who own ``address`` and are not the member who proposes it."""
        return self.owning(address.email).exclude(pk=address.user_id)


class UserManager(DjangoUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Django's manager, for ``create_user`` and ``createsuperuser``."""
