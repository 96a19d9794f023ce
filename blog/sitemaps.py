"""Which pages search engines are told of: every public post, and who writes them.

A file lists the rows of one range of ids. So neither finding a file nor making it costs
more when there are more posts, a file stays as it is when newer posts come, and none
can outgrow the 50,000 addresses and 50 MB that the format allows.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from django.contrib.auth.models import AnonymousUser
from django.db.models.functions import Coalesce

from accounts.models import User

from .models import Post, PostBlock
from .querysets import BLOCK_SIZE

# Ids a file; a multiple of BLOCK_SIZE. A file of so many posts is one megabyte.
PART_SIZE = 2 * BLOCK_SIZE
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def post_parts() -> list[int]:
    """Return the numbers of the ranges in which there are public posts."""
    blocks = PostBlock.objects.counts()
    return sorted({block * BLOCK_SIZE // PART_SIZE for block, _count in blocks})


def member_parts() -> list[int]:
    """Return the numbers of the ranges up to the last member who has written."""
    last = _writers().order_by("-id").values_list("id", flat=True).first()
    return [] if last is None else list(range(last // PART_SIZE + 1))


def posts_in(part: int) -> list[tuple[int, datetime]]:
    """Return (id, moment of the last change) of the public posts in a range."""
    posts = Post.objects.public().filter(**_range(part)).order_by("id")
    return list(posts.values_list("id", Coalesce("edited_at", "created_at")))


def members_in(part: int) -> list[str]:
    """Return the names of the members in a range whose pages show posts."""
    members = _writers().filter(**_range(part)).order_by("id")
    return list(members.values_list("username", flat=True))


def _writers() -> Any:
    """Return the members who have public posts: other pages are empty."""
    return User.objects.visible_to(AnonymousUser()).filter(post_count__gt=0)


def _range(part: int) -> dict[str, int]:
    return {"id__gte": part * PART_SIZE, "id__lt": (part + 1) * PART_SIZE}


def index_xml(addresses: Iterable[str]) -> str:
    """Return a sitemap that names other sitemaps."""
    places = (f"<sitemap><loc>{escape(where)}</loc></sitemap>" for where in addresses)
    return _document("sitemapindex", places)


def sitemap_xml(pages: Iterable[tuple[str, datetime | None]]) -> str:
    """Return a sitemap of (address, moment of the last change, if it is known)."""
    return _document("urlset", (_page(where, at) for where, at in pages))


def _page(where: str, at: datetime | None) -> str:
    moment = f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else ""
    return f"<url><loc>{escape(where)}</loc>{moment}</url>"


def _document(root: str, elements: Iterable[str]) -> str:
    lines = "\n".join(elements)
    head = '<?xml version="1.0" encoding="utf-8"?>'
    return f'{head}\n<{root} xmlns="{_NAMESPACE}">\n{lines}\n</{root}>\n'
