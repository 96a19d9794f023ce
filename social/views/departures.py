"""Saying good-bye to a member."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from accounts.decorators import MemberRequest
from accounts.models import User
from flasky_site.lib.isolates import isolated
from social import services


# An open browser that somebody finds must not be enough to take a member away.
@method_decorator(
    reauthentication_required(allow_get=True, app="allauth.account"), name="post"
)
class MemberDeleteView(PermissionRequiredMixin, View):
    permission_required = "accounts.administer"
    request: MemberRequest

    @cached_property
    def person(self) -> User:
        # Who has no page any more can be sent off again, should the worker have failed.
        return get_object_or_404(User, pk=self.kwargs["member_id"])

    def get(self, request: MemberRequest, member_id: int) -> HttpResponse:
        return render(request, "social/member_delete.html", {"person": self.person})

    def post(self, request: MemberRequest, member_id: int) -> HttpResponse:
        services.delete_member(actor=request.user, member=self.person)
        text = _("%(name)s is gone. What they left goes in the background.")
        name = isolated(self.person.display_name)
        messages.success(request, text % {"name": name})
        return redirect("social:people")
