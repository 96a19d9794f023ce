from itertools import count

import pytest
from django.http import HttpRequest

from flasky_site.monitoring import templates
from flasky_site.monitoring.current import RequestSeen, current_request
from flasky_site.monitoring.templates import TimedTemplate, TimedTemplates


@pytest.fixture
def engine():
    return TimedTemplates(
        {"NAME": "django", "DIRS": [], "APP_DIRS": True, "OPTIONS": {}}
    )


@pytest.fixture
def seen():
    seen = RequestSeen("a", HttpRequest())
    token = current_request.set(seen)
    yield seen
    current_request.reset(token)


class TestTimedTemplates:
    def test_add_up_their_time_for_the_request(self, engine, seen):
        engine.get_template("django/forms/attrs.html").render({})
        once = seen.template_seconds
        engine.get_template("django/forms/attrs.html").render({})

        assert 0 < once < seen.template_seconds

    def test_count_what_is_rendered_within_once(self, engine, seen, monkeypatch):
        seconds = count()
        monkeypatch.setattr(templates, "perf_counter", lambda: next(seconds))
        inner = engine.get_template("django/forms/attrs.html")
        outer = TimedTemplate(engine.from_string("{{ part }}").template, engine)

        outer.render({"part": lambda: inner.render({})})

        # It began at 0, and the one within took from 1 to 2.
        assert seen.template_seconds == 3

    def test_render_without_a_request(self, engine):
        template = engine.get_template("django/forms/attrs.html")

        assert template.render({"attrs": {"id": "a"}}) == ' id="a"'
