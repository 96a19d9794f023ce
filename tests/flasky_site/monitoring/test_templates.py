import pytest
from django.http import HttpRequest

from flasky_site.monitoring.current import RequestSeen, current_request
from flasky_site.monitoring.templates import TimedTemplates


@pytest.fixture
def engine():
    return TimedTemplates(
        {"NAME": "django", "DIRS": [], "APP_DIRS": True, "OPTIONS": {}}
    )


class TestTimedTemplates:
    def test_add_up_their_time_for_the_request(self, engine):
        seen = RequestSeen("a", HttpRequest())
        token = current_request.set(seen)

        engine.get_template("django/forms/attrs.html").render({})
        once = seen.template_seconds
        engine.get_template("django/forms/attrs.html").render({})
        current_request.reset(token)

        assert 0 < once < seen.template_seconds

    def test_render_without_a_request(self, engine):
        template = engine.get_template("django/forms/attrs.html")

        assert template.render({"attrs": {"id": "a"}}) == ' id="a"'
