"""Addresses of pictures on gravatar.com, for operators who switch them on.

https://docs.gravatar.com/general/images/ lists the arguments.
"""

import hashlib
from urllib.parse import urlencode

from django.conf import settings

_SERVICE = "https://secure.gravatar.com/avatar/"
_LARGEST = 2048


def hash_address(email: str) -> str:
    """Return the hash by which Gravatar knows an address."""
    return _algorithm(email.strip().lower().encode()).hexdigest()


def is_current(address_hash: str) -> bool:
    """Return True for a hash made by the algorithm that is chosen now."""
    return len(address_hash) == 2 * _algorithm().digest_size


def gravatar_url(
    address_hash: str,
    *,
    size: int,
    rating: str = "g",
    default: str = "identicon",
    force_default: bool = False,
) -> str:
    """Return where the picture of ``size`` pixels is, at most 2048.

    ``default`` names what Gravatar draws for who has no picture there.
    """
    arguments = {"s": str(min(size, _LARGEST)), "d": default, "r": rating}
    if force_default:
        arguments["f"] = "y"
    return f"{_SERVICE}{address_hash}?{urlencode(arguments)}"


def _algorithm(content: bytes = b"") -> "hashlib._Hash":
    # Gravatar's choice; nothing here depends on it being hard to reverse.
    return hashlib.new(settings.GRAVATAR_HASH, content, usedforsecurity=False)
