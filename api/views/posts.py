"""Posts, and what moderators decide about them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from api.descriptions import describe
from api.pagination import COUNT, Count, Listing, is_near
from api.serializers.queries import OLDEST, AuthoredQuery
from api.serializers.texts import PostSerializer, ReasonSerializer
from blog import permissions, services
from blog.models import Post, PostBlock

from .base import MemberRequest, created, nothing
from .finding import find_post, only_id, people_named
from .texts import EditableTextViewSet, TextModerationViewSet


class PostViewSet(EditableTextViewSet):
    serializer = PostSerializer
    find = staticmethod(find_post)
    can_edit = staticmethod(permissions.can_edit_post)

    @describe("List what everybody may read, newest first", query=AuthoredQuery)
    def list(self, request: Request) -> Response:
        query = self.read_query(AuthoredQuery)
        if "author" in query:
            people = people_named(request, query["author"])
            listing = posts_by(people, query, find=people.first)
        else:
            posts = Post.objects.public()
            listing = _narrowed(posts, query) or _all_posts(posts, query)
        return self.answer_list(listing, query)

    @describe("Write a post", status=201)
    def create(self, request: MemberRequest) -> Response:
        if not permissions.can_create_post(request.user):
            raise PermissionDenied
        post = services.create_post(author=request.user, **self.read_body())
        return created(self.serialize(post))

    @describe("Read a post")
    def retrieve(self, request: Request, post_id: int) -> Response:
        return Response(self.serialize(find_post(request, post_id)))

    @describe("Change a post", match=True)
    def update(self, request: MemberRequest, post_id: int) -> Response:
        return self.edit(post_id, partial=False)

    @describe("Change a post, or nothing of it", match=True)
    def partial_update(self, request: MemberRequest, post_id: int) -> Response:
        return self.edit(post_id, partial=True)

    def write(self, text: Post, **edit: Any) -> None:
        services.edit_post(post=text, **edit)

    @describe("Delete a post with its comments", status=204, match=True)
    def destroy(self, request: MemberRequest, post_id: int) -> Response:
        # One's own that is deleted already too, so that doing it twice is harmless.
        posts = Post.objects.visible_to(request.user) | Post.objects.by(request.user)
        post = get_object_or_404(posts.select_related("author"), pk=post_id)
        if not permissions.can_delete_post(request.user, post):
            raise PermissionDenied
        seen = self.seen_body(post)
        services.delete_post(post=post, seen=seen, actor=request.user)
        return nothing()


class PostModerationViewSet(TextModerationViewSet):
    serializer = PostSerializer
    find = staticmethod(find_post)
    argument = "posts"

    @describe(
        "Hide a post from everybody but its author", match=True, body=ReasonSerializer
    )
    def hide(self, request: MemberRequest, post_id: int) -> Response:
        return self.decide(post_id, services.hide_posts)

    @describe("Show a hidden post again", match=True, body=ReasonSerializer)
    def restore(self, request: MemberRequest, post_id: int) -> Response:
        return self.decide(post_id, services.restore_posts)


def posts_by(
    people: Any, query: Mapping[str, Any], find: Callable[[], User | None]
) -> Listing:
    """Return the public posts of the one member in the queryset ``people``.

    ``find`` gives them, where no post of theirs does.
    """
    posts = Post.objects.public().filter(author=only_id(people))
    if narrowed := _narrowed(posts, query):
        return narrowed
    listing = _listing(
        posts, count=Count(beside=F("author__post_count")), on_page=posts.on_page
    )

    def whole() -> Listing:
        person = find()
        return replace(listing, total=person.post_count if person else 0)

    return replace(listing, whole=whole)


def _narrowed(posts: Any, query: Mapping[str, Any]) -> Listing | None:
    """Return ``posts`` as ``query`` narrows them down, None where it does not."""
    is_backwards = query.get("ordering") == OLDEST
    if not is_backwards and not {"since", "until"} & query.keys():
        return None
    narrowed = posts.written(query.get("since"), query.get("until"))
    return _listing(narrowed, order="id" if is_backwards else "-id")


def _all_posts(posts: Any, query: Mapping[str, Any]) -> Listing:
    if is_near(query, settings.API_POSTS_PER_PAGE):
        return Listing(
            rows=_counted_posts(),
            load=lambda rows: rows,
            size=settings.API_POSTS_PER_PAGE,
            count=Count(beside=None, alone=PostBlock.objects.total),
        )
    # Read once, for the total and for the place of the page.
    counts = PostBlock.objects.counts()
    return _listing(
        posts,
        total=sum(count for _block, count in counts),
        on_page=lambda page: posts.on_page_by_blocks(page, counts),
    )


@cache
def _counted_posts() -> Any:
    """Return the query for all public posts, with their number beside each.

    It is the list that is asked for most; putting it together anew took longer than all
    that is done with its rows.
    """
    number = PostBlock.objects.total_beside()
    return Post.objects.public().with_source().annotate(**{COUNT: number})


def _listing(posts: Any, **more: Any) -> Listing:
    return Listing(
        rows=posts,
        load=lambda rows: rows.with_source(),
        size=settings.API_POSTS_PER_PAGE,
        **more,
    )
