"""Forms for a row that somebody else may be changing, also oneself in another tab."""

from contextlib import suppress
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from .errors import DomainError
from .http import signed_out
from .merging import ChangedMeanwhile
from .mixins import UnprocessableFormMixin

_CHANGED = _(
    "Somebody changed this while you were writing; what they wrote is at the top of "
    "the page. Save again to put yours in its place."
)


class SharedRowForm(forms.ModelForm):
    """Sends along what its fields held, so that a change by somebody else shows."""

    fields_of_rules: ClassVar[dict[type[DomainError], str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changed_meanwhile: list[tuple[str, str]] = []
        for field in self.fields.values():
            field.show_hidden_initial = True

    @property
    def seen(self) -> dict[str, Any]:
        """What the fields held when the page was made, as far as it says."""
        seen = {}
        for bound in self:
            text = self.data.get(bound.html_initial_name)
            if text is not None:
                with suppress(ValidationError):
                    seen[bound.name] = bound.field.to_python(text)
        return seen

    def refuse(self, error: DomainError) -> None:
        """Say why a rule says no, at the fields that it is about."""
        if isinstance(error, ChangedMeanwhile):
            self._show_change(error)
        else:
            self.add_error(self.fields_of_rules.get(type(error)), str(error))

    def _show_change(self, error: ChangedMeanwhile) -> None:
        data = cast(QueryDict, self.data).copy()
        for name, value in error.current.items():
            bound = self[name]
            self.changed_meanwhile.append((str(bound.label), self.shown(name, value)))
            # Who saves again has seen it.
            data[bound.html_initial_name] = str(value)
            self.add_error(name, _CHANGED)
        self.data = data

    def shown(self, name: str, value: Any) -> str:
        """Return the ``value`` of a field as people read it."""
        return str(value) or str(_("(empty)"))


class SharedRowFormView(UnprocessableFormMixin, AccessMixin, FormView):
    """A form whose service may say no, or that somebody else changed the same."""

    http_method_names = ["get", "head", "post", "options"]

    def handle_no_permission(self) -> HttpResponse:  # type: ignore[override]
        if self.request.method == "POST" and not self.request.user.is_authenticated:
            return signed_out(self.request)
        return super().handle_no_permission()

    def form_valid(self, form: SharedRowForm) -> HttpResponse:
        try:
            kept = self.save(form)
        except DomainError as error:
            form.refuse(error)
            context = self.get_context_data(form=form)
            return self.render_to_response(context, status=409)
        if kept:
            fields = ", ".join(str(form[name].label) for name in sorted(kept))
            text = gettext("Somebody changed this meanwhile, and it stays: %(fields)s.")
            messages.warning(self.request, text % {"fields": fields})
        return self.leave()

    def save(self, form: SharedRowForm) -> set[str]:
        raise NotImplementedError

    def leave(self) -> HttpResponse:
        raise NotImplementedError
