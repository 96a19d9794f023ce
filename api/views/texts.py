"""What is alike for posts and comments: how they change and are decided about."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.models.tokens import Scope
from accounts.services import Ruling
from api.serializers.texts import ReasonSerializer

from .base import ApiViewSet


class TextViewSet(ApiViewSet):
    """``find`` returns what the caller may see, and raises Http404 for all else."""

    find: ClassVar["staticmethod[[Request, int], Any]"]

    def seen_body(self, text: Any) -> str | None:
        """Return the text that the caller says they saw, None where they say nothing.

        Raise PreconditionFailed when it is another one by now.
        """
        content = self.serialize(text)
        return content["body"] if self.has_match(content) else None


class EditableTextViewSet(TextViewSet):
    # What the caller may send, where that is less than what they are shown.
    body_serializer: ClassVar[type[serializers.Serializer] | None] = None
    can_edit: ClassVar["staticmethod[[Any, Any], bool]"]

    def write(self, text: Any, **edit: Any) -> None:
        """Call the service that changes ``text``."""
        raise NotImplementedError

    def edit(self, text_id: int, *, partial: bool) -> Response:
        text = self.find(self.request, text_id)
        if not self.can_edit(self.request.user, text):
            raise PermissionDenied
        seen = self.seen_body(text)
        sent = self.read_body(self.body_serializer, partial=partial)
        if sent:
            self.write(text, body=sent["body"], seen=seen, actor=self.request.user)
            text = self.find(self.request, text_id)
        return Response(self.serialize(text))


class TextModerationViewSet(TextViewSet):
    write_scope = Scope.MODERATE
    # What the services call the texts that they decide about.
    argument: ClassVar[str]

    def decide(self, text_id: int, service: Callable[..., Any]) -> Response:
        ruling = self._read_ruling()
        text = self.find(self.request, text_id)
        self.has_match(self.serialize(text))
        service(ruling=ruling, **{self.argument: [text]})
        return Response(self.serialize(self.find(self.request, text_id)))

    def _read_ruling(self) -> Ruling:
        """Return what a moderator sent. Raise PermissionDenied for anybody else."""
        user = self.request.user
        if not isinstance(user, User) or not user.has_perm("blog.moderate"):
            raise PermissionDenied
        return Ruling(actor=user, reason=self.read_body(ReasonSerializer)["reason"])
