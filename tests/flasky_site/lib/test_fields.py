import pytest
from django.core.exceptions import ValidationError

from flasky_site.lib.fields import LineFormField, ParagraphsFormField


class TestLineFormField:
    def test_measures_what_is_left_after_cleaning(self):
        field = LineFormField(max_length=3)

        assert field.clean("\u202e a\u200bbc  ") == "abc"
        with pytest.raises(ValidationError):
            field.clean("abcd")

    def test_counts_an_emoji_of_two_units_once(self):
        assert LineFormField(max_length=2).clean("\U0001f600" * 2)

    def test_lets_no_browser_cut_what_is_pasted(self):
        assert "maxlength" not in LineFormField(max_length=3).widget.attrs

    def test_is_missing_when_nothing_shows(self):
        with pytest.raises(ValidationError, match="required"):
            LineFormField().clean("\u200b")


class TestParagraphsFormField:
    def test_counts_a_line_break_once_as_browsers_do(self):
        assert ParagraphsFormField(max_length=3).clean("a\r\nb") == "a\nb"
