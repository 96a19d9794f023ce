"""What was decided about oneself and one's texts."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import MemberRequest
from accounts.models import Decision
from blog.rulings import link_texts
from flasky_site.lib.cursors import Cursor, Stretch


@login_required
@require_safe
def own_decisions(request: MemberRequest) -> HttpResponse:
    """List what moderators did to the member and their texts, newest first."""
    cursor, size = Cursor.of(request.GET), settings.DECISIONS_PER_PAGE
    about = Decision.objects.about(request.user).with_undone()
    stretch = Stretch.of(cursor, list(cursor.beyond(about)[: size + 1]), size)
    link_texts(request.user, stretch.rows)
    return render(request, "blog/own_decisions.html", {"stretch": stretch})
