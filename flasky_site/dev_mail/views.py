"""The page /dev/mail/: what the site would have mailed, with working links."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import reachable_unconfirmed

from .backend import kept_mails


@reachable_unconfirmed
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """Show the newest mails; 404 outside development."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "dev/mail.html", {"mails": kept_mails()})
