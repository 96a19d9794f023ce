"""The outbox on the desk: what was sent, what waits, what failed and why."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from flasky_site.lib.desk import desk
from flasky_site.lib.desk_lists import DeskAdmin, DeskFilter, lately_conditions

from . import services
from .models import OutgoingMail


def _in(state: OutgoingMail.State) -> Callable[[Any], Any]:
    return lambda mails: mails.filter(state=state)


class StateFilter(DeskFilter):
    title = gettext_lazy("state")
    parameter_name = "state"
    conditions = {
        state.value: (state.label, _in(state)) for state in OutgoingMail.State
    }


class WrittenFilter(DeskFilter):
    title = gettext_lazy("date")
    parameter_name = "written"
    conditions = lately_conditions("created_at", "day", "week")


@admin.register(OutgoingMail, site=desk)
class OutgoingMailAdmin(DeskAdmin):
    """For administrators, who may see addresses; what a message says nobody sees."""

    viewing_permission = "accounts.administer"
    list_display = ["subject", "recipients", "state", "attempts", "created_at", "error"]
    list_filter = [StateFilter, WrittenFilter]
    search_fields = ["recipients", "subject"]
    readonly_fields = [
        "subject",
        "recipients",
        "state",
        "attempts",
        "last_error",
        "created_at",
        "due_at",
        "sent_at",
    ]
    actions = ["resend"]

    @admin.display(description=gettext_lazy("last error"))
    def error(self, mail: OutgoingMail) -> str:
        return mail.last_error[:80]

    @admin.action(description=gettext_lazy("Send again"), permissions=["view"])
    def resend(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> None:
        """Queue the chosen messages anew, but for those being sent this moment."""
        outcomes = [services.resend_mail(mail=mail) for mail in queryset]
        queued, busy = outcomes.count(True), outcomes.count(False)
        if queued:
            text = ngettext("%d message is queued.", "%d messages are queued.", queued)
            self.message_user(request, text % queued, messages.SUCCESS)
        if busy:
            text = _("%d of them are being sent just now and were left alone.")
            self.message_user(request, text % busy, messages.WARNING)
