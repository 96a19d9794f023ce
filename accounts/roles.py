"""The roles and what each may do: one table, from which the groups are made.

Permissions are named as strings, since the apps that own them lie above this one.
"""

from django.utils.translation import gettext_noop

USER = gettext_noop("User")
MODERATOR = gettext_noop("Moderator")
ADMINISTRATOR = gettext_noop("Administrator")

_MEMBER = frozenset({"social.add_follow", "blog.add_comment", "blog.add_post"})
_MODERATOR = _MEMBER | {"blog.moderate"}
_ADMINISTRATOR = _MODERATOR | {"accounts.administer"}

# From the least to the most that a member may do.
ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    USER: _MEMBER,
    MODERATOR: _MODERATOR,
    ADMINISTRATOR: _ADMINISTRATOR,
}
# Who may enter the Django admin at all.
STAFF_ROLES = frozenset({MODERATOR, ADMINISTRATOR})


def rank_of(role: str | None) -> int:
    """Return how high ``role`` stands: 1 for the least, 0 for none."""
    return list(ROLE_PERMISSIONS).index(role) + 1 if role else 0
