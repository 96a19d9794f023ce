"""The addresses that objects carry, made without asking the resolver for each."""

from functools import cache

from django.http import HttpRequest
from django.urls import reverse
from rest_framework.request import Request


@cache
def _root() -> str:
    return reverse("api:root")


class Links:
    """Absolute addresses, as the caller sees this site."""

    def __init__(self, request: Request | HttpRequest) -> None:
        self.site = request.build_absolute_uri("/").rstrip("/")
        self.root = f"{self.site}{_root()}"

    def user(self, user_id: int) -> str:
        return f"{self.root}users/{user_id}"

    def post(self, post_id: int) -> str:
        return f"{self.root}posts/{post_id}"

    def post_page(self, post_id: int) -> str:
        return f"{self.site}/post/{post_id}/"

    def comment(self, comment_id: int) -> str:
        return f"{self.root}comments/{comment_id}"

    def token(self, token_id: int) -> str:
        return f"{self.root}tokens/{token_id}"

    def whole(self, address: str) -> str:
        """Return ``address``, which may be a path here, as an absolute one."""
        return f"{self.site}{address}" if address.startswith("/") else address
