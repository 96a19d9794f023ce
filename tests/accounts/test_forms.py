import pytest
from allauth.account import forms as allauth_forms
from django.conf import settings
from django.utils.module_loading import import_string

PLAIN = sorted(set(settings.ACCOUNT_FORMS.values()))


def make_form(path):
    form_class = import_string(path)
    wants_user = issubclass(
        form_class, (allauth_forms.UserForm, allauth_forms.ReauthenticateForm)
    )
    return form_class(user=None) if wants_user else form_class()


class TestForms:
    @pytest.mark.parametrize("path", PLAIN)
    def test_have_no_placeholders(self, path):
        fields = make_form(path).fields

        assert not [
            name for name in fields if "placeholder" in fields[name].widget.attrs
        ]

    @pytest.mark.parametrize("path", PLAIN)
    def test_have_no_html_among_their_help(self, path):
        fields = make_form(path).fields.values()

        assert not [field for field in fields if "<" in str(field.help_text)]
