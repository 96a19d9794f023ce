"""Who may do what among members."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User


def can_follow(user: User | AnonymousUser) -> bool:
    """Say whether ``user`` may follow people; that it is not themselves is a rule."""
    return user.has_perm("social.add_follow")
