"""Where one is signed in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts import services
from accounts.decorators import MemberRequest
from accounts.sessions import describe_session, find_session
from flasky_site.lib.pagination import Page


@login_required
@require_safe
def session_list(request: MemberRequest) -> HttpResponse:
    """List the browsers in which the member is signed in, this one on top."""
    rows = request.user.sessions.alive().this_first(request.session.session_key)
    page = Page.of(request.GET, total=rows.count(), size=settings.SESSIONS_PER_PAGE)
    browsers = [
        describe_session(session, request)
        for session in rows[page.skip : page.skip + page.count]
    ]
    context = {"browsers": browsers, "page": page, "has_others": page.total > 1}
    return render(request, "account/sessions.html", context)


@login_required
@require_POST
def end_session(request: MemberRequest, handle: str) -> HttpResponse:
    """Sign out one browser; one that is signed out already stays so."""
    session = find_session(request.user, handle)
    if session and session.session_key == request.session.session_key:
        logout(request)
        messages.success(request, _("You are logged out."))
        return redirect("/")
    if session:
        services.end_session(session=session)
    messages.success(request, _("That browser is logged out."))
    return redirect("account_sessions")


@login_required
@require_POST
def end_other_sessions(request: MemberRequest) -> HttpResponse:
    ended = services.end_sessions(user=request.user, but=request.session.session_key)
    text = ngettext(
        "%d other browser is logged out.", "%d other browsers are logged out.", ended
    )
    messages.success(request, text % ended)
    return redirect("account_sessions")
