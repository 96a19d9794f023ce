"""What feed readers ask for. It is the same for everybody, so no session is opened."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.decorators import person_page, reachable_unconfirmed
from accounts.models import User
from blog.feeds import ENTRIES, Channel, feed_response
from blog.models import Comment, Post
from blog.templatetags.excerpts import first_line
from flasky_site.lib.decorators import kept_for_visitors
from flasky_site.lib.isolates import isolated

# What is older than every post.
_BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)

# Caches keep it and ask each time whether it still holds: any post may be hidden.
_asked_about_each_time = cache_control(public=True, no_cache=True)


@reachable_unconfirmed
@require_safe
@kept_for_visitors()
@_asked_about_each_time
def site_feed(request: HttpRequest) -> HttpResponse:
    channel = Channel(
        title="Flasky",
        page=reverse("social:home"),
        address=reverse("blog:site_feed"),
        since=_BEFORE_ALL,
    )
    posts = Post.objects.public().with_card().newest_first()
    return feed_response(request, channel, posts[:ENTRIES])


@reachable_unconfirmed
@require_safe
@kept_for_visitors()
@_asked_about_each_time
@person_page
def member_feed(request: HttpRequest, person: User) -> HttpResponse:
    channel = Channel(
        title=_("%(name)s on Flasky") % {"name": isolated(person.display_name)},
        page=person.get_absolute_url(),
        address=reverse("blog:member_feed", args=[person.username]),
        since=person.date_joined,
        tag=f"member/{person.pk}",
        author=person,
    )
    posts = Post.objects.public().by(person).with_card().newest_first()
    return feed_response(request, channel, posts[:ENTRIES])


@reachable_unconfirmed
@require_safe
@kept_for_visitors()
@_asked_about_each_time
def comment_feed(request: HttpRequest, post_id: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.public().with_card(), pk=post_id)
    texts = {
        "name": isolated(post.author.display_name),
        "line": first_line(post.body_html),
    }
    channel = Channel(
        title=_("Comments on %(name)s: %(line)s") % texts,
        page=post.get_absolute_url(),
        address=reverse("blog:comment_feed", args=[post.pk]),
        since=post.created_at,
        tag=f"post/{post.pk}/comments",
    )
    comments = Comment.objects.public().newest_on(post)
    return feed_response(request, channel, comments[:ENTRIES])
