"""Members on the desk: what concerns their accounts.

Registered by blog, which knows what they wrote.
"""

from functools import partial
from operator import methodcaller
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from accounts import roles, services
from accounts.acts import Act, ActsAdmin
from accounts.decision_forms import SuspensionForm
from accounts.models import Decision, User
from accounts.querysets import UserQuerySet
from accounts.services import rules
from flasky_site.lib.cursors import parse_id
from flasky_site.lib.desk_dates import DateFilter
from flasky_site.lib.desk_lists import DeskFilter, lately_conditions
from flasky_site.lib.moments import moment

DECISIONS_SHOWN = 10
_FOUND_AT_MOST = 100

SUSPEND = Act(
    slug="suspend",
    label=gettext_lazy("Suspend"),
    service=services.suspend_members,
    argument="members",
    why_not=rules.why_not_suspend,
    needed=rules.needed_administrators,
    done=ngettext_lazy("%d member is suspended.", "%d members are suspended."),
    form_class=SuspensionForm,
    is_dangerous=True,
)
LIFT = Act(
    slug="lift",
    label=gettext_lazy("Lift the suspension"),
    service=services.lift_suspensions,
    argument="members",
    why_not=rules.why_not_lift,
    done=ngettext_lazy("%d suspension is lifted.", "%d suspensions are lifted."),
)
UNCONFIRM = Act(
    slug="unconfirm",
    label=gettext_lazy("Require confirmation again"),
    service=services.unconfirm_members,
    argument="members",
    why_not=rules.why_not_unconfirm,
    needed=rules.needed_administrators,
    done=ngettext_lazy(
        "%d member has to confirm their address again.",
        "%d members have to confirm their addresses again.",
    ),
    is_dangerous=True,
)
RESEND = Act(
    slug="resend",
    label=gettext_lazy("Send the link to confirm again"),
    service=services.resend_confirmations,
    argument="members",
    why_not=rules.why_not_confirm,
    done=ngettext_lazy("%d link is sent.", "%d links are sent."),
    is_undoable=False,
)
SIGN_OUT = Act(
    slug="sign-out",
    label=gettext_lazy("Sign out everywhere"),
    service=services.sign_out_members,
    argument="members",
    why_not=rules.why_not_sign_out,
    done=ngettext_lazy(
        "%d member is signed out everywhere.", "%d members are signed out everywhere."
    ),
    is_undoable=False,
)
CONFIRM = Act(
    slug="confirm",
    label=gettext_lazy("Confirm by hand"),
    service=services.confirm_members,
    argument="members",
    why_not=rules.why_not_confirm,
    done=ngettext_lazy("%d address is confirmed.", "%d addresses are confirmed."),
    permission="accounts.administer",
)


def _giving(role: str, label: Any) -> Act:
    """Return the act that gives one role: who has it already is known beforehand."""
    return Act(
        slug=f"role-{role.lower()}",
        label=label,
        service=partial(services.change_roles, role=role),
        argument="members",
        why_not=rules.why_not_give(role),
        needed=lambda members: (
            set()
            if role == roles.ADMINISTRATOR
            else rules.needed_administrators(members)
        ),
        done=ngettext_lazy("%d role is changed.", "%d roles are changed."),
        permission="accounts.administer",
        is_dangerous=True,
    )


ROLES = (
    _giving(roles.USER, gettext_lazy("Make a plain user")),
    _giving(roles.MODERATOR, gettext_lazy("Make a moderator")),
    _giving(roles.ADMINISTRATOR, gettext_lazy("Make an administrator")),
)


class MemberStateFilter(DeskFilter):
    title = gettext_lazy("state")
    parameter_name = "state"
    conditions = {
        "suspended": (gettext_lazy("Suspended"), UserQuerySet.suspended),
        "unconfirmed": (
            gettext_lazy("Not confirmed"),
            lambda members: members.filter(confirmed_at=None),
        ),
    }


class RoleFilter(DeskFilter):
    """Finds those few who are more than users, who are nearly all."""

    title = gettext_lazy("role")
    parameter_name = "role"
    conditions = {
        "moderator": (
            gettext_lazy("Moderator"),
            methodcaller("staff_with", roles.MODERATOR),
        ),
        "administrator": (
            gettext_lazy("Administrator"),
            methodcaller("staff_with", roles.ADMINISTRATOR),
        ),
    }


class JoinedFilter(DeskFilter):
    title = gettext_lazy("joined")
    parameter_name = "joined"
    conditions = lately_conditions("date_joined", "new", "month")


class JoinedOnFilter(DateFilter):
    column = "date_joined"


class MemberAdmin(ActsAdmin):
    viewing_permission = "blog.moderate"
    page_template = "admin/member.html"
    list_display = ["name", "state", "record", "joined", "seen"]
    list_filter = [MemberStateFilter, RoleFilter, JoinedFilter, JoinedOnFilter]
    search_fields = ["username"]
    search_help_text = gettext_lazy("An id, or the beginning of a username.")
    acts: ClassVar[tuple[Act, ...]] = (
        SUSPEND,
        LIFT,
        UNCONFIRM,
        RESEND,
        SIGN_OUT,
        CONFIRM,
        *ROLES,
    )

    def get_rows(self, request: HttpRequest) -> UserQuerySet:
        return User.objects.with_row().with_desk_row(request.user)

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        text = search_term.strip().removeprefix("@")
        if not text:
            return queryset, False
        ids = set(members_found(text))
        if "@" in text and request.user.has_perm("accounts.administer"):
            ids |= set(User.objects.owning(text).values_list("pk", flat=True))
        if number := parse_id(text):
            ids.add(number)
        return queryset.filter(pk__in=ids), False

    def describe(self, row: Any) -> dict[str, Any]:
        return {**super().describe(row), "title": f"@{row.username}"}

    def page_context(self, request: Any, row: Any) -> dict[str, Any]:
        visible = Decision.objects.visible_to(request.user).with_undone()
        decisions = visible.about(row).newest_first()
        return {
            "title": f"@{row.username}",
            "member": row,
            "states": self.state(row),
            "offers": self.offers(request, row),
            "decisions": decisions[:DECISIONS_SHOWN],
            "is_public": User.objects.visible_to(request.user)
            .filter(pk=row.pk)
            .exists(),
        }

    @admin.display(description=gettext_lazy("member"))
    def name(self, member: Any) -> SafeString:
        return format_html("<bdi>{}</bdi> @{}", member.name, member.username)

    @admin.display(description=gettext_lazy("state"))
    def state(self, member: Any) -> str:
        return ", ".join(map(str, states_of(member)))

    @admin.display(description=gettext_lazy("decisions"))
    def record(self, member: Any) -> str:
        return decisions_in_words(member.decision_count)

    @admin.display(description=gettext_lazy("member since"))
    def joined(self, member: Any) -> SafeString:
        return moment(member.date_joined)

    @admin.display(description=gettext_lazy("last seen"))
    def seen(self, member: Any) -> SafeString:
        return moment(member.last_seen_at)


def members_found(text: str) -> list[int]:
    """Return the ids of some members whose usernames begin with ``text``.

    Who is not public is found by their whole name; both ways are in an index.
    """
    public = User.objects.public().beginning_with(text, field="username")
    found = public.values_list("pk", flat=True)[:_FOUND_AT_MOST]
    return [*found, *User.objects.named(text).values_list("pk", flat=True)]


def states_of(member: User) -> list[Any]:
    """Return in words what is out of the ordinary about ``member``, and their role."""
    states = [_(member.role) if member.role else _("No role")]
    if not member.is_active:
        states.append(_("Gone"))
    if not member.is_confirmed:
        states.append(_("Not confirmed"))
    if member.is_suspended:
        states.append(_("Suspended"))
    return states


def decisions_in_words(count: int) -> str:
    return (
        ngettext("%d decision", "%d decisions", count) % count if count else _("none")
    )


def age_in_words(member: User) -> str:
    return _("member for %s") % timesince(member.date_joined, depth=1)
