"""Comments, and what moderators decide about them."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from api.descriptions import describe
from api.pagination import Count, Listing
from api.serializers.queries import OLDEST, AuthoredQuery, PageQuery
from api.serializers.texts import (
    CommentSerializer,
    CommentTextSerializer,
    ReasonSerializer,
)
from blog import permissions, services
from blog.models import Comment, Post

from .base import ApiViewSet, MemberRequest, created, nothing
from .finding import find_comment, find_post, only_id, people_named
from .texts import EditableTextViewSet, TextModerationViewSet


class PostCommentViewSet(ApiViewSet):
    """What was said about one post."""

    serializer = CommentSerializer

    @describe("List a post's comments, oldest first", query=PageQuery)
    def list(self, request: Request, post_id: int) -> Response:
        listing = Listing(
            rows=Comment.objects.filter(post=post_id, deleted_at=None),
            load=lambda rows: rows.with_readable_source(request.user),
            size=settings.API_COMMENTS_PER_PAGE,
            order="id",
            on_page=lambda page: Comment.objects.in_thread(post_id, page),
        )
        public = replace(
            listing,
            load=lambda rows: listing.load(
                rows.filter(Post.objects.public_q("post__"))
            ),
            count=Count(beside=F("post__thread_length")),
            whole=lambda: replace(
                listing, total=find_post(request, post_id).thread_length
            ),
        )
        return self.answer_list(public, self.read_query(PageQuery))

    @describe("Comment on a post", status=201, body=CommentTextSerializer)
    def create(self, request: MemberRequest, post_id: int) -> Response:
        post = find_post(request, post_id)
        if not request.user.has_perm("blog.add_comment"):
            raise PermissionDenied
        comment = services.create_comment(
            author=request.user, post=post, **self.read_body(CommentTextSerializer)
        )
        return created(self.serialize(find_comment(request, comment.pk)))


class CommentViewSet(EditableTextViewSet):
    serializer = CommentSerializer
    body_serializer = CommentTextSerializer
    find = staticmethod(find_comment)
    can_edit = staticmethod(permissions.can_edit_comment)

    @describe("List what everybody may read, newest first", query=AuthoredQuery)
    def list(self, request: Request) -> Response:
        query = self.read_query(AuthoredQuery)
        comments = Comment.objects.public()
        if "author" in query:
            author = people_named(request, query["author"])
            comments = comments.filter(author=only_id(author))
        listing = Listing(
            rows=comments.written(query.get("since"), query.get("until")),
            load=lambda rows: rows.with_source(),
            size=settings.API_COMMENTS_PER_PAGE,
            order="id" if query.get("ordering") == OLDEST else "-id",
        )
        return self.answer_list(listing, query)

    @describe("Read a comment")
    def retrieve(self, request: Request, comment_id: int) -> Response:
        return Response(self.serialize(find_comment(request, comment_id)))

    @describe("Change a comment", match=True, body=CommentTextSerializer)
    def update(self, request: MemberRequest, comment_id: int) -> Response:
        return self.edit(comment_id, partial=False)

    @describe(
        "Change a comment, or nothing of it", match=True, body=CommentTextSerializer
    )
    def partial_update(self, request: MemberRequest, comment_id: int) -> Response:
        return self.edit(comment_id, partial=True)

    def write(self, text: Comment, **edit: Any) -> None:
        services.edit_comment(comment=text, **edit)

    @describe("Delete a comment", status=204, match=True)
    def destroy(self, request: MemberRequest, comment_id: int) -> Response:
        visible = Comment.objects.visible_to(request.user)
        # One's own that is deleted already too, so that doing it twice is harmless.
        comments = visible | Comment.objects.by(request.user)
        comment = get_object_or_404(comments.with_source(), pk=comment_id)
        if not permissions.can_delete_comment(request.user, comment):
            raise PermissionDenied
        seen = self.seen_body(comment)
        services.delete_comment(comment=comment, seen=seen, actor=request.user)
        return nothing()


class CommentModerationViewSet(TextModerationViewSet):
    serializer = CommentSerializer
    find = staticmethod(find_comment)
    argument = "comments"

    @describe(
        "Leave of a comment its place in the thread", match=True, body=ReasonSerializer
    )
    def disable(self, request: MemberRequest, comment_id: int) -> Response:
        return self.decide(comment_id, services.disable_comments)

    @describe("Let everybody read a comment again", match=True, body=ReasonSerializer)
    def enable(self, request: MemberRequest, comment_id: int) -> Response:
        return self.decide(comment_id, services.enable_comments)
