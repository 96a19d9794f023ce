"""Members."""

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import services
from accounts.models import User
from api.descriptions import describe
from api.pagination import Listing
from api.serializers.people import MeSerializer, UserSerializer
from api.serializers.queries import PageQuery, TextQuery
from api.serializers.texts import PostSerializer

from .base import ApiViewSet, MemberRequest
from .finding import find_person
from .posts import posts_by


class UserViewSet(ApiViewSet):
    serializer = UserSerializer

    @describe("List members, the newest first", query=PageQuery)
    def list(self, request: Request) -> Response:
        query = self.read_query(PageQuery)
        listing = Listing(
            rows=User.objects.visible_to(request.user),
            load=lambda rows: rows.defer("password"),
            size=settings.API_PEOPLE_PER_PAGE,
        )
        return self.answer_list(listing, query)

    @describe("Read a member")
    def retrieve(self, request: Request, user_id: int) -> Response:
        return Response(self.serialize(find_person(request, user_id)))


class UserPostViewSet(ApiViewSet):
    serializer = PostSerializer

    @describe("List a member's posts, newest first", query=TextQuery)
    def list(self, request: Request, user_id: int) -> Response:
        query = self.read_query(TextQuery)
        people = User.objects.visible_to(request.user).filter(pk=user_id)
        listing = posts_by(people, query, find=lambda: find_person(request, user_id))
        if listing.whole is None:
            find_person(request, user_id)
        return self.answer_list(listing, query)


class MeViewSet(ApiViewSet):
    """Who the credentials belong to."""

    serializer = MeSerializer
    is_private = True

    @describe("Read oneself")
    def retrieve(self, request: MemberRequest) -> Response:
        return Response(self.serialize(request.user))

    @describe("Change what one's profile says", match=True)
    def partial_update(self, request: MemberRequest) -> Response:
        user = request.user
        has_match = self.has_match(self.serialize(user))
        wanted = self.read_body(partial=True)
        seen = {name: getattr(user, name) for name in wanted} if has_match else {}
        if wanted:
            services.edit_profile(user=user, wanted=wanted, seen=seen)
        return Response(self.serialize(User.objects.get(pk=user.pk)))
