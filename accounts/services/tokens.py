"""The tokens of members: how they come to be, are used and end."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.exceptions import TokenLastsTooLong, TooManyTokens
from accounts.models import User
from accounts.models.tokens import ApiToken, digest_of, new_secret

TOKENS_AT_MOST = 50
TOKEN_LASTS_AT_MOST = timedelta(days=366)
# A token is noted as used at most this often, so that reading costs hardly any writes.
_USED_EVERY = timedelta(minutes=1)


@transaction.atomic
def create_token(
    *, user: User, name: str, scopes: Iterable[str], expires_at: datetime
) -> tuple[ApiToken, str]:
    """Return a new token and its secret, which nobody can read afterwards.

    Raise TooManyTokens, or TokenLastsTooLong, which also stands for the past.
    """
    now = timezone.now()
    if not now < expires_at <= now + TOKEN_LASTS_AT_MOST:
        raise TokenLastsTooLong
    # Two windows take turns, so that neither counts past the limit.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if ApiToken.objects.of(user).count() >= TOKENS_AT_MOST:
        raise TooManyTokens
    secret = new_secret()
    token = ApiToken.objects.create(
        user=user,
        name=name,
        scopes=" ".join(sorted(set(scopes))),
        digest=digest_of(secret),
        expires_at=expires_at,
    )
    return token, secret


def revoke_token(*, token: ApiToken) -> None:
    """End a token; one that has ended is none the worse."""
    ApiToken.objects.filter(pk=token.pk).delete()


def revoke_tokens(*, user: User) -> None:
    """End all tokens of ``user``, as with every change of the password."""
    ApiToken.objects.of(user).delete()


def note_token_used(*, token: ApiToken) -> None:
    """Move "last used" to now, at most once a minute."""
    now = timezone.now()
    if token.last_used_at and now - token.last_used_at < _USED_EVERY:
        return
    ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def purge_tokens() -> None:
    """Delete tokens that have expired."""
    ApiToken.objects.expired().delete()
