"""Who follows whom, and what one reads of those whom one follows."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import F
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from api.descriptions import describe
from api.pagination import START, Count, Listing, Part
from api.serializers.people import FollowSerializer
from api.serializers.queries import CursorQuery, PageQuery
from api.serializers.texts import PostSerializer
from blog.querysets import PostQuerySet
from flasky_site.lib.cursors import Cursor
from social import permissions, services
from social.models import Follow
from social.timelines import read_timeline

from .base import ApiViewSet, MemberRequest, nothing
from .finding import find_person

# Who is at the other end of a follow, and what counts them.
_OTHER_ENDS = {
    "followed": ("follower", "follower_count"),
    "follower": ("followed", "following_count"),
}


class FollowerViewSet(ApiViewSet):
    serializer = FollowSerializer

    @describe("List who follows a member, the latest first", query=PageQuery)
    def list(self, request: Request, user_id: int) -> Response:
        query = self.read_query(PageQuery)
        return self.answer_list(_follows(request, user_id, "followed"), query)


class FollowingViewSet(ApiViewSet):
    serializer = FollowSerializer

    @describe("List whom a member follows, the latest first", query=PageQuery)
    def list(self, request: Request, user_id: int) -> Response:
        query = self.read_query(PageQuery)
        return self.answer_list(_follows(request, user_id, "follower"), query)


class FollowViewSet(ApiViewSet):
    serializer = FollowSerializer

    @describe("Follow a member", status=204)
    def update(self, request: MemberRequest, user_id: int) -> Response:
        services.follow(follower=request.user, followed=_find(request, user_id))
        return nothing()

    @describe("Unfollow a member", status=204)
    def destroy(self, request: MemberRequest, user_id: int) -> Response:
        services.unfollow(follower=request.user, followed=_find(request, user_id))
        return nothing()


class TimelineViewSet(ApiViewSet):
    serializer = PostSerializer
    is_private = True

    @describe("Read one's own timeline, newest first", query=CursorQuery)
    def list(self, request: MemberRequest, user_id: int) -> Response:
        query = self.read_query(CursorQuery)
        if user_id != request.user.pk:
            # 404 for who is not to be seen.
            find_person(request, user_id)
            raise PermissionDenied
        part = _timeline(request.user, **query)
        results = [self.serialize(post) for post in part.rows]
        return Response(part.envelope(request, results))


def _find(request: MemberRequest, user_id: int) -> User:
    """Return whom the caller may follow."""
    person = find_person(request, user_id)
    if not permissions.can_follow(request.user):
        raise PermissionDenied
    return person


def _follows(request: Request, user_id: int, end: str) -> Listing:
    """Return the follows that have a member at one ``end``, with who is at the other.

    Who is not to be seen keeps their place in the count and is left out of the rows.
    """
    other, counter = _OTHER_ENDS[end]
    follows = Follow.objects.filter(**{end: user_id})

    def load(rows: Any) -> Any:
        people = User.objects
        shown = rows.filter(people.public_q(f"{end}__"), people.public_q(f"{other}__"))
        return shown.select_related(other).defer(None).defer(f"{other}__password")

    listing = Listing(
        rows=follows,
        load=load,
        size=settings.API_PEOPLE_PER_PAGE,
        on_page=lambda page: follows.on_page(page, of=other),
    )

    def whole() -> Listing:
        return replace(listing, total=getattr(find_person(request, user_id), counter))

    beside = Count(beside=F(f"{end}__{counter}"))
    return replace(listing, count=beside, whole=whole)


def _timeline(
    member: User, cursor: str = START, page_size: int = settings.API_POSTS_PER_PAGE
) -> Part:
    place = Cursor()
    if cursor != START:
        number = int(cursor[1:])
        place = Cursor(after=number) if cursor[0] == "a" else Cursor(before=number)
    stretch = read_timeline(
        member, place, size=page_size, load=PostQuerySet.with_source
    )
    ids = [post.pk for post in stretch.rows]
    return Part(
        rows=stretch.rows,
        count=None,
        next={"cursor": f"b{ids[-1]}"} if ids and stretch.has_older else None,
        previous={"cursor": f"a{ids[0]}"} if ids and stretch.has_newer else None,
    )
