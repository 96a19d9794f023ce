"""Tokens in JSON. The secret is in the answer that makes one, and nowhere else."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models.tokens import ApiToken, Scope
from accounts.services import TOKEN_LASTS_AT_MOST
from api.fields import LineField

from .base import Strict, moment

_LASTS = timedelta(days=30)


def _in_a_month() -> datetime:
    return timezone.now() + _LASTS


class TokenSerializer(Strict):
    """What a program shows instead of a password."""

    id = serializers.IntegerField(read_only=True)
    url = serializers.URLField(read_only=True)
    name = LineField(max_length=64)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=Scope.values),
        min_length=1,
        max_length=len(Scope),
    )
    created_at = serializers.DateTimeField(read_only=True)
    expires_at = serializers.DateTimeField(
        required=False, help_text="Within a year; in 30 days unless it says something."
    )
    last_used_at = serializers.DateTimeField(read_only=True, allow_null=True)

    def validate_expires_at(self, expires_at: datetime) -> datetime:
        now = timezone.now()
        if not now < expires_at <= now + TOKEN_LASTS_AT_MOST:
            raise serializers.ValidationError(_("Choose a moment within a year."))
        return expires_at

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {"expires_at": _in_a_month(), **attrs}

    def to_representation(self, instance: ApiToken) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "url": self.links.token(instance.pk),
            "name": instance.name,
            "scopes": instance.scope_list,
            "created_at": moment(instance.created_at),
            "expires_at": moment(instance.expires_at),
            "last_used_at": moment(instance.last_used_at),
        }


class NewTokenSerializer(TokenSerializer):
    """A token that was just made, with its secret."""

    token = serializers.CharField(
        read_only=True, help_text="Shown now and never again."
    )
