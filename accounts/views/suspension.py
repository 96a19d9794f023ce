"""What a suspended member reads."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.decorators import MemberRequest, reachable_suspended
from accounts.models import Decision

SHOWN_AT_MOST = 10


@reachable_suspended
@require_safe
@login_required
def suspended(request: MemberRequest) -> HttpResponse:
    if not request.user.is_suspended:
        return redirect("social:home")
    about = Decision.objects.about(request.user).with_undone().newest_first()
    # The suspension in force stands above them.
    decisions = about.exclude(
        kind=Decision.Kind.SUSPEND, created_at__gte=request.user.suspended_at
    )
    context = {"decisions": decisions[:SHOWN_AT_MOST]}
    return render(request, "accounts/suspended.html", context, status=403)
