import logging

import pytest
from django.db import IntegrityError, OperationalError

from flasky_site.monitoring.scrubbing import describe, message_of, scrub, words_of

TASK = "c7dba957-d914-4911-b0f4-00fe7475bdf3"


class TestScrub:
    @pytest.mark.parametrize(
        ("text", "scrubbed"),
        [
            ("to alice@example.com now", "to [hidden] now"),
            ("to alice.b+c@example.co.uk.", "to [hidden]."),
            ("from 203.0.113.77 again", "from [hidden] again"),
            ("from 2001:db8::17 again", "from [hidden] again"),
            ("see https://example.com/a?b=c", "see [hidden]"),
            ("redis://:password@10.0.0.1/0 is down", "[hidden] is down"),
            ("GET /search?q=secret failed", "GET /search[hidden] failed"),
            ("key Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA", "key [hidden]"),
        ],
    )
    def test_hides_who_and_what(self, text, scrubbed):
        assert scrub(text) == scrubbed

    @pytest.mark.parametrize(
        "text",
        [
            "Gave up mail 17 after 9 attempts",
            f"Task id={TASK} path=mail.tasks.deliver_mail state=FAILED",
            "at 12:30:05 in blog/services/posts.py:41",
            "Django 5.2.19",
            "Why? Because.",
        ],
    )
    def test_leaves_what_helps(self, text):
        assert scrub(text) == text


def record(name, message, *arguments, **more):
    return logging.LogRecord(name, logging.ERROR, "", 0, message, arguments, None)


class TestMessageOf:
    def test_says_what_was_logged(self):
        assert message_of(record("mail", "Gave up mail %s", 7)) == "Gave up mail 7"

    def test_names_errors_by_their_kind(self):
        error = ValueError("bob")
        told = record("django.dispatch", "Error calling %s (%s)", "f", error)

        assert message_of(told) == "Error calling f (ValueError)"

    def test_understands_arguments_by_name(self):
        told = record("blog", "Lost %(count)s", {"count": 3})

        assert message_of(told) == "Lost 3"

    def test_says_of_refusals_only_why(self):
        told = record(
            "django.security.DisallowedHost", "Invalid HTTP_HOST header: %s", "evil"
        )

        assert message_of(told) == "Refused: DisallowedHost"


def raised(error):
    try:
        raise error
    except type(error) as caught:
        return caught


class TestDescribe:
    def test_tells_kind_and_place_without_words(self):
        secret = "bob"

        described = describe(raised(IntegrityError(f"Key (name)=({secret}) exists")))

        assert described["type"] == "django.db.utils.IntegrityError"
        assert "test_scrubbing.py" in described["traceback"][-1]
        assert "raise error" in described["traceback"][-1]
        assert "bob" not in str(described)
        assert "message" not in described

    def test_names_the_cause(self):
        words = ["bo" + "b", "alice"]
        try:
            try:
                raise KeyError(words[0])
            except KeyError as cause:
                raise ValueError(words[1]) from cause
        except ValueError as error:
            described = describe(error)

        assert described["cause"] == "KeyError"
        assert "bob" not in str(described)

    def test_keeps_words_that_are_of_the_code(self):
        error = raised(AttributeError("'NoneType' object has no attribute 'body'"))

        assert "attribute 'body'" in describe(error)["message"]

    def test_scrubs_words_of_the_server_and_keeps_their_first_line(self):
        error = OperationalError("connection to 10.0.0.5 failed\nDETAIL: bob")

        assert words_of(error) == "connection to [hidden] failed"
