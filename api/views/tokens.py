"""The tokens of whoever asks."""

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework.response import Response

from accounts import services
from accounts.models.tokens import ApiToken
from accounts.second_factor import is_held_back
from accounts.sessions import is_fresh
from api.authentication import SessionAuthentication
from api.descriptions import describe
from api.exceptions import Refused
from api.pagination import Listing
from api.serializers.queries import PageQuery
from api.serializers.tokens import NewTokenSerializer, TokenSerializer

from .base import ApiViewSet, MemberRequest, created, nothing


class TokenViewSet(ApiViewSet):
    serializer = TokenSerializer
    is_private = True

    @describe("List one's tokens, newest first", query=PageQuery)
    def list(self, request: MemberRequest) -> Response:
        query = self.read_query(PageQuery)
        listing = Listing(
            rows=ApiToken.objects.of(request.user),
            load=lambda rows: rows,
            size=settings.API_PEOPLE_PER_PAGE,
        )
        return self.answer_list(listing, query)

    @describe(
        "Make a token, with one's password alone",
        status=201,
        body=TokenSerializer,
        answer=NewTokenSerializer,
    )
    def create(self, request: MemberRequest) -> Response:
        _refuse_without_proof(request)
        token, secret = services.create_token(user=request.user, **self.read_body())
        return created({**self.serialize(token), "token": secret})

    @describe("Revoke a token", status=204)
    def destroy(self, request: MemberRequest, token_id: int) -> Response:
        token = get_object_or_404(ApiToken.objects.of(request.user), pk=token_id)
        services.revoke_token(token=token)
        return nothing()


def _refuse_without_proof(request: MemberRequest) -> None:
    """Raise Refused for a token, and for a session that has not been asked lately."""
    if request.auth is not None:
        raise Refused("scope", _("A token cannot make a token."))
    if not isinstance(request.successful_authenticator, SessionAuthentication):
        return
    if is_held_back(request._request) or not is_fresh(request._request):
        raise Refused("proof", _("Make it on the page of your account."))
