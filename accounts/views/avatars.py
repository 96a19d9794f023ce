"""Pictures of members."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.avatars import draw_avatar
from accounts.decorators import reachable_unconfirmed


@reachable_unconfirmed
@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def avatar(request: HttpRequest, member_id: int) -> HttpResponse:
    """Draw the picture of a member's id, which need not exist."""
    return HttpResponse(draw_avatar(member_id), content_type="image/svg+xml")
