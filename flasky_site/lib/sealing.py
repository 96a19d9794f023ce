"""Keeping secrets unreadable in the database, with keys made of SECRET_KEY.

A copy of the database alone, a backup say, tells nothing of what is sealed.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class UnsealError(Exception):
    """The text was sealed with another key or for another purpose, or is damaged."""


def seal(text: str, *, purpose: str) -> str:
    """Return ``text`` encrypted; only ``unseal`` with the same ``purpose`` reads it."""
    return _cipher(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """Return what was sealed, also under one of SECRET_KEY_FALLBACKS.

    Raise UnsealError.
    """
    try:
        return _cipher(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise UnsealError from None


def _cipher(purpose: str) -> MultiFernet:
    """Fernet: AES-128-CBC with an HMAC; https://github.com/fernet/spec."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret, purpose)) for secret in keys])


def _key(secret: str | bytes, purpose: str) -> bytes:
    mac = salted_hmac(f"sealing:{purpose}", "", secret=secret, algorithm="sha256")
    return urlsafe_b64encode(mac.digest())
