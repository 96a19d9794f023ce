"""Atom (RFC 4287): the newest posts, or the newest comments on one post."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from accounts.models import User
from flasky_site.lib.pagination import last_page
from flasky_site.lib.versions import etag_of, unless_known

from .models import Comment, Post
from .templatetags.excerpts import first_line

ENTRIES = 20
# Raise it when the same rows make another feed than before, so that readers ask anew.
VERSION = 1

# What XML 1.0 cannot say in any spelling.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The link of an element, wherever it stands among the attributes. In rendered text a
# quote may stand bare, but "<" begins an element and nothing else.
_LINK = re.compile(r'(<a(?:\s+(?!href=)[a-z-]+="[^"]*")*\s+href=")([^"]*)(?=")')


@dataclass(frozen=True)
class Channel:
    """What a feed is of. ``page`` and ``address`` are paths, the latter its own.

    ``since`` is the moment of a feed without entries. ``tag`` names the feed for ever,
    whatever its address becomes; None for one whose page stays where it is.
    """

    title: str
    page: str
    address: str
    since: datetime
    tag: str | None = None
    author: User | None = None


def feed_response(
    request: HttpRequest, channel: Channel, texts: Iterable[Post | Comment]
) -> HttpResponse:
    """Answer with ``texts`` and their authors as Atom, or 304 to who has them."""
    texts = list(texts)
    site = request.build_absolute_uri("/")
    # Of what is shown and not of moments: nothing that changes a text, by whatever way,
    # leaves it as it is. Making the feed costs far more than that.
    etag = etag_of(VERSION, site, channel, [_shown(text) for text in texts])
    return unless_known(request, etag, lambda: _render(site, channel, texts))


def _shown(text: Post | Comment) -> tuple[Any, ...]:
    author = text.author
    dates = text.created_at, text.edited_at
    names = author.username, author.display_name
    return (_path(text), *dates, *names, text.body_html)


def _render(
    site: str, channel: Channel, texts: Iterable[Post | Comment]
) -> HttpResponse:
    page = urljoin(site, channel.page)
    feed = AtomFeed(
        title=_xml(channel.title),
        link=page,
        description="",
        feed_url=urljoin(site, channel.address),
        feed_guid=_tag(site, channel.since, channel.tag) if channel.tag else page,
        since=channel.since,
        **(_author(site, channel.author) if channel.author else {}),
    )
    for text in texts:
        _add(feed, site, text)
    response = HttpResponse(content_type=AtomFeed.content_type)
    feed.write(response, "utf-8")
    return response


def _add(feed: "AtomFeed", site: str, text: Post | Comment) -> None:
    address = urljoin(site, _path(text))
    kind = text._meta.model_name
    feed.add_item(
        title=_xml(first_line(text.body_html) or _("Without words")),
        link=address,
        description=None,  # type: ignore[arg-type]
        content=_xml(absolute_links(text.body_html, address)),
        pubdate=text.created_at,
        updateddate=_updated(text),
        unique_id=_tag(site, text.created_at, f"{kind}/{text.pk}"),
        **_author(site, text.author),
    )


def absolute_links(body_html: str, address: str) -> str:
    """Return rendered text whose links are whole, as seen from ``address``."""

    def whole(link: re.Match[str]) -> str:
        try:
            goal = urljoin(address, html.unescape(link[2]))
        except ValueError:  # No address at all, such as "//[".
            return link[0]
        return link[1] + html.escape(goal)

    return _LINK.sub(whole, body_html)


def _path(text: Post | Comment) -> str:
    if isinstance(text, Post):
        return text.get_absolute_url()
    page = last_page(text.place, settings.COMMENTS_PER_PAGE)
    query = f"?page={page}" if page > 1 else ""
    post = reverse("blog:post_detail", args=[text.post_id])
    return f"{post}{query}#comment-{text.pk}"


def _updated(text: Post | Comment) -> datetime:
    return text.edited_at or text.created_at


def _author(site: str, member: User) -> dict[str, Any]:
    return {
        "author_name": _xml(member.display_name),
        "author_link": urljoin(site, member.get_absolute_url()),
    }


def _tag(site: str, since: datetime, name: str) -> str:
    """Return a tag URI (RFC 4151), which stays when the site turns to HTTPS."""
    return f"tag:{urlsplit(site).hostname},{since:%Y-%m-%d}:{name}"


def _xml(text: str) -> str:
    return _NOT_IN_XML.sub("", text)


class AtomFeed(Atom1Feed):
    """Django's, with whole texts in place of summaries, and with a date when empty."""

    def latest_post_date(self) -> datetime:
        since: datetime = self.feed["since"]
        return max((item["updateddate"] for item in self.items), default=since)

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("generator", "Flasky")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})
