"""How answers are compressed, and the tags of those that are.

One answer in two codings is two representations, so each has a strong ETag of its own
(RFC 9110, 8.8.3.3): that of the answer as it is, and the coding's name behind it.
"""

import gzip
import re
from collections.abc import Container
from functools import lru_cache

import brotli
from django.utils.text import compress_string

IDENTITY = ""
BROTLI, GZIP = "br", "gzip"
# The better first. zstd would come with Python 3.14 alone.
CODINGS = (BROTLI, GZIP)

# Less gains nothing, once a frame of the network is filled by headers and all.
WORTH_IT = 500
COMPRESSIBLE = frozenset(
    {
        "application/atom+xml",
        "application/json",
        "application/problem+json",
        "application/xml",
        "image/svg+xml",
        "text/html",
        "text/markdown",
        "text/plain",
    }
)
# Past 5 a page gets smaller by less than a hundredth, for twice the time.
_BROTLI_QUALITY = 5
_GZIP_LEVEL = 6
_PADDING = 100

_CODED_TAG = re.compile(r'-(?:br|gzip)"')


def compress(content: bytes, coding: str) -> bytes:
    """Return ``content`` in one of ``CODINGS``."""
    if coding == BROTLI:
        return brotli.compress(content, quality=_BROTLI_QUALITY)
    return gzip.compress(content, _GZIP_LEVEL, mtime=0)


def compress_padded(content: bytes) -> bytes:
    """Return ``content`` in gzip, longer by up to 100 bytes at random.

    Who sees how long encrypted answers are learns little of how well they compressed.
    """
    return compress_string(content, max_random_bytes=_PADDING)


def is_compressible(content_type: str, content: bytes) -> bool:
    """Say whether it is text, and long enough."""
    kind = content_type.partition(";")[0].strip()
    return kind in COMPRESSIBLE and len(content) >= WORTH_IT


@lru_cache(maxsize=256)
def accepted(header: str) -> tuple[str, ...]:
    """Return which of ``CODINGS`` an Accept-Encoding names, the better first."""
    weights = {}
    for part in header.lower().split(","):
        name, _semicolon, parameter = part.partition(";")
        weights[name.strip()] = _weight(parameter)
    others = weights.get("*", 0.0)
    return tuple(coding for coding in CODINGS if weights.get(coding, others) > 0)


def _weight(parameter: str) -> float:
    name, _equals, text = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(text)
    except ValueError:
        return 0.0


def choose(header: str, available: Container[str]) -> str:
    """Return the best of ``available`` codings that is accepted, or ``IDENTITY``."""
    return next((it for it in accepted(header) if it in available), IDENTITY)


def tag_of(etag: str, coding: str) -> str:
    """Return the ETag of an answer in ``coding``; a weak one is that of all codings."""
    if coding == IDENTITY or etag.startswith("W/"):
        return etag
    return f'{etag[:-1]}-{coding}"'


def plain_tags(header: str) -> str:
    """Return If-Match or If-None-Match without what ``tag_of`` put to the tags."""
    return _CODED_TAG.sub('"', header)
