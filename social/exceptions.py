"""The rules about who follows whom that can say no."""

from django.utils.translation import gettext_lazy as _

from flasky_site.lib.errors import DomainError


class FollowsOneself(DomainError):
    message = _("Your own posts are among those you follow already.")


class PersonGone(DomainError):
    message = _("This member is not here any more.")


class PersonSuspended(DomainError):
    message = _("This member is suspended.")


class FollowsTooMany(DomainError):
    message = _(
        "You follow as many people as one can. Unfollow somebody first to follow "
        "somebody else."
    )


class DeletesOneself(DomainError):
    message = _("This is you. Ask another administrator to delete your account.")
