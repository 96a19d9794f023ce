"""Changing what a profile says."""

from copy import copy
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts import services
from accounts.decorators import MemberRequest
from accounts.models import User
from accounts.profile_forms import MemberForm, ProfileForm
from flasky_site.lib.shared_rows import SharedRowForm, SharedRowFormView

from .mixins import AtomicFormMixin


class ProfileEditView(LoginRequiredMixin, SharedRowFormView):
    request: MemberRequest
    template_name = "accounts/profile_edit.html"
    form_class = ProfileForm

    def get_form_kwargs(self) -> dict[str, Any]:
        # Not the member of the request, whose name the bar shows: validation writes
        # into what it gets.
        return {
            **super().get_form_kwargs(),
            "instance": User.objects.get(pk=self.request.user.pk),
        }

    def save(self, form: SharedRowForm) -> set[str]:
        return services.edit_profile(
            user=self.request.user, wanted=form.cleaned_data, seen=form.seen
        )

    def leave(self) -> HttpResponse:
        messages.success(self.request, _("Your profile is saved."))
        return redirect(self.request.user)


# An open browser that somebody finds must not be enough to take over the site.
@method_decorator(
    reauthentication_required(allow_get=True, app="allauth.account"), name="post"
)
class MemberEditView(PermissionRequiredMixin, AtomicFormMixin, SharedRowFormView):
    permission_required = "accounts.administer"
    template_name = "accounts/member_edit.html"
    form_class = MemberForm
    request: MemberRequest

    @cached_property
    def person(self) -> User:
        return get_object_or_404(User.objects.with_role(), pk=self.kwargs["member_id"])

    def get_form_kwargs(self) -> dict[str, Any]:
        # The page shows who it is about; validation writes into what it gets.
        return {**super().get_form_kwargs(), "instance": copy(self.person)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "person": self.person}

    def save(self, form: SharedRowForm) -> set[str]:
        return services.edit_member(
            actor=self.request.user,
            member=self.person,
            wanted=form.cleaned_data,
            seen=form.seen,
        )

    def leave(self) -> HttpResponse:
        member = User.objects.get(pk=self.person.pk)
        messages.success(self.request, _("The changes are saved."))
        self._ask_for_proof(member)
        if User.objects.visible_to(self.request.user).filter(pk=member.pk).exists():
            return redirect(member)
        return redirect("accounts:member_edit", member.pk)

    def _ask_for_proof(self, member: User) -> None:
        """Send a link to an address that this change left without proof."""
        was = self.person
        was_proven_or_another = was.is_confirmed or was.email != member.email
        if was_proven_or_another and not member.is_confirmed:
            services.note_address(user=member).send_confirmation(self.request)
            messages.info(self.request, _("A link to confirm the address is sent."))
