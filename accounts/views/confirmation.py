"""Proving that an address is one's own."""

from typing import Any

from allauth.account import views as allauth_views
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts import services
from accounts.decorators import MemberRequest
from accounts.models import User

SENT_A_MOMENT_AGO = gettext_lazy(
    "A link was sent to this address a moment ago. Look into your spam folder too; "
    "after three minutes you can ask for another one."
)


class ConfirmEmailView(allauth_views.ConfirmEmailView):
    """Shows what a link would confirm; the button on the page confirms it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self._find()
        return self._show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self._find()
        if self.object is None or self._is_foreign or self._is_taken:
            return self._show()
        try:
            with transaction.atomic():
                # Two windows take turns, and the second finds the link used.
                User.objects.select_for_update().get(
                    pk=self.object.email_address.user_id
                )
                response: HttpResponse = super().post(request, *args, **kwargs)
        except (Http404, User.DoesNotExist):
            self.object = None
            return self._show()
        except IntegrityError:
            # Another member proved the address a moment ago.
            del self._is_taken
            return self._show()
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        can_confirm = self.object is not None and not self._is_taken
        return {**context, "is_foreign": self._is_foreign, "can_confirm": can_confirm}

    def _find(self) -> Any:
        try:
            return self.get_object()
        except Http404:
            return None

    @cached_property
    def _is_foreign(self) -> bool:
        """Return True when somebody else than the link's owner is signed in."""
        user = self.request.user
        return (
            self.object is not None
            and user.is_authenticated
            and user.pk != self.object.email_address.user_id
        )

    @cached_property
    def _is_taken(self) -> bool:
        """Return True when the address has become another member's own."""
        if self.object is None:
            return False
        address = self.object.email_address
        return User.objects.others_owning(address.email, but=address.user_id).exists()

    def _show(self) -> HttpResponse:
        status = 200
        if self.object is None:
            status = 404
        elif self._is_foreign or self._is_taken:
            status = 409
        return self.render_to_response(self.get_context_data(), status=status)


@login_required
@require_GET
def unconfirmed(request: MemberRequest) -> HttpResponse:
    """Say to a member who has not confirmed their address what to do."""
    if request.user.is_confirmed:
        return redirect("/")
    return render(request, "accounts/unconfirmed.html")


@login_required
@require_POST
@transaction.atomic
def resend_confirmation(request: MemberRequest) -> HttpResponse:
    """Send the link again, at most once in three minutes."""
    if request.user.is_confirmed:
        return redirect("/")
    address = services.note_address(user=request.user)
    if ratelimit.consume(request, action="confirm_email", key=address.email):
        address.send_confirmation(request)
        messages.success(request, _("A new link is on its way to you."))
    else:
        messages.warning(request, SENT_A_MOMENT_AGO)
    return redirect("account_unconfirmed")
