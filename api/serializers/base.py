"""What all serializers have in common."""

from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from api.links import Links

# An answer that names each of many is long and slow to make.
_NAMED_AT_MOST = 20


class Strict(serializers.Serializer):
    """Refuses fields that it does not know, by name.

    Fields that only the site sets may be sent back as they came, and are left alone.
    """

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            strange = (name for name in data if name not in self.fields)
            unknown = [*islice(strange, _NAMED_AT_MOST)]
            if unknown:
                sentences = [_("There is no such field.")]
                raise serializers.ValidationError(
                    {_readable(name): sentences for name in unknown}
                )
        return super().to_internal_value(data)

    @property
    def links(self) -> Links:
        links: Links = self.context["links"]
        return links


def _readable(name: Any) -> str:
    """Return ``name`` as an answer can hold it, which halves of characters cannot."""
    return str(name).encode(errors="replace").decode()


def moment(at: datetime | None) -> str | None:
    """Return ISO 8601 in UTC."""
    if at is None:
        return None
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
