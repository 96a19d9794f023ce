"""Messages about what can be taken back."""

from django import template
from django.contrib.messages.storage.base import Message

register = template.Library()

_PREFIX = "undo:"


def undo_tag(address: str) -> str:
    """Return the ``extra_tags`` of a message; posting to ``address`` takes it back."""
    return f"{_PREFIX}{address}"


@register.filter
def undo_address(message: Message) -> str:
    """Return where to take back what ``message`` tells of, "" when that cannot be."""
    tags = message.extra_tags or ""
    return tags.removeprefix(_PREFIX) if tags.startswith(_PREFIX) else ""
