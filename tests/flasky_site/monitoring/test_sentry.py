import json

import pytest

from .processes import run_python

# Sentry puts itself into Django for good, so it gets a process of its own.
PROGRAM = """
import json
import django
from django.conf import settings
django.setup()
settings.ROOT_URLCONF = "tests.flasky_site.monitoring.urls"
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory
from sentry_sdk.transport import Transport
from flasky_site.monitoring import sentry

class Kept(Transport):
    def capture_envelope(self, envelope):
        for item in envelope.items:
            print(item.type, json.dumps(item.payload.json))

sentry.start("https://key@sentry.example.com/1", transport=Kept)
# As a web server does, which is where Sentry looks at a request.
application = get_wsgi_application()
for way in ("fail", "complain"):
    environ = RequestFactory().post(
        f"/{way}/markedname/?q=markedquery",
        {"password": "markedpassword"},
        REMOTE_ADDR="203.0.113.77",
        HTTP_USER_AGENT="markedagent",
        HTTP_AUTHORIZATION="Bearer markedtoken",
        HTTP_COOKIE="marked=markedcookie",
    ).environ
    sent = []
    answer = application(environ, lambda status, headers: sent.extend(headers))
    b"".join(answer)
    answer.close()
    print("id", json.dumps(dict(sent)["X-Request-ID"]))
"""


@pytest.fixture(scope="module")
def sent():
    return [line.partition(" ") for line in run_python(PROGRAM).splitlines()]


class TestSentry:
    @pytest.fixture
    def events(self, sent):
        return [json.loads(text) for kind, _, text in sent if kind == "event"]

    def test_is_told_each_error_once_with_its_place_and_id(self, sent, events):
        ids = [json.loads(text) for kind, _, text in sent if kind == "id"]

        raised, logged = events
        (error,) = raised["exception"]["values"]
        assert error["type"] == "IntegrityError"
        place = error["stacktrace"]["frames"][-1]
        assert place["filename"] == "tests/flasky_site/monitoring/urls.py"
        assert [event["tags"]["request_id"] for event in events] == ids
        assert raised["tags"]["route"] == "fail"
        assert logged["logentry"] == {"message": "Could not do it for %s"}

    def test_is_told_nothing_of_anybody(self, sent):
        text = "".join(text for kind, _, text in sent)

        assert "marked" not in text
        assert "203.0.113.77" not in text

    def test_is_told_nothing_but_errors(self, sent):
        assert {kind for kind, _, _ in sent} == {"event", "id"}

    @pytest.mark.parametrize(
        ("dsn", "is_loaded"), [("", "False"), ("https://key@127.0.0.1:1/1", "True")]
    )
    def test_is_loaded_only_where_it_is_wanted(self, dsn, is_loaded):
        program = (
            "import sys, django; from django.conf import settings; "
            f"settings.SENTRY_DSN = {dsn!r}; django.setup(); "
            "print('sentry_sdk' in sys.modules)"
        )

        assert run_python(program).strip() == is_loaded
