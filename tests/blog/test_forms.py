import time

import pytest

from blog.forms import PostForm
from blog.models import POST_MAX_LENGTH, Comment

LONGEST = "x" * POST_MAX_LENGTH


class TestPostForm:
    @pytest.mark.parametrize("body", ["Hi", LONGEST, "a\r\n" * 9_999 + "b", "\u202ea"])
    def test_takes_text(self, body):
        assert PostForm({"body": body}).is_valid()

    @pytest.mark.parametrize(
        ("body", "sentence"),
        [
            ("", "Write something first."),
            (" \n\t ", "Write something first."),
            ("\u200b\u200d", "Write something first."),
            ("a\0b", "Null characters are not allowed."),
            ("a\ufffdb", "did not arrive intact"),
            (LONGEST + "x", "at most 20000 characters"),
        ],
    )
    def test_refuses_what_is_none_with_one_sentence(self, body, sentence):
        errors = PostForm({"body": body}).errors["body"]

        assert len(errors) == 1
        assert sentence in errors[0]

    def test_does_not_let_the_browser_cut_a_long_text_in_silence(self):
        attributes = PostForm()["body"].field.widget.attrs

        assert "maxlength" not in attributes
        assert attributes["data-limit"] == str(POST_MAX_LENGTH)

    def test_reads_a_megabyte_of_blank_lines_as_fast_as_any_text(self):
        start = time.process_time()
        PostForm({"body": "x" * 1_000_000}).is_valid()
        plain = max(time.process_time() - start, 0.01)

        start = time.process_time()
        form = PostForm({"body": " \n" * 500_000 + "x"})

        assert form.is_valid()
        assert form.cleaned_data["body"] == "x"
        assert time.process_time() - start < 50 * plain

    def test_refuses_a_missing_field(self):
        assert PostForm({}).errors["body"] == ["Write something first."]


class TestComment:
    def test_has_at_most_five_thousand_characters(self):
        assert Comment._meta.get_field("body").max_length == 5_000
