"""What the desk's front page says about mail."""

from typing import Any

from django import template

from mail.models import OutgoingMail

register = template.Library()

_SHOWN, _COUNTED_AT_MOST = 5, 100


@register.inclusion_tag("admin/_failed_mail.html", takes_context=True)
def failed_mail(context: Any) -> dict[str, Any]:
    """Show what could not be sent to administrators, who may see addresses."""
    if not context["request"].user.has_perm("accounts.administer"):
        return {"is_shown": False}
    failed = OutgoingMail.objects.failed()
    return {
        "is_shown": True,
        "mails": failed[:_SHOWN],
        "count": failed[: _COUNTED_AT_MOST + 1].count(),
        "counted_at_most": _COUNTED_AT_MOST,
    }
