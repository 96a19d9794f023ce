from datetime import timedelta

from django.utils import timezone

from accounts import services


def token_of(user, *scopes, **changes):
    """Make a token with ``scopes``, all of them when none is named."""
    fields = {
        "name": "Tests",
        "scopes": scopes or ("read", "write", "moderate"),
        "expires_at": timezone.now() + timedelta(days=1),
        **changes,
    }
    return services.create_token(user=user, **fields)
