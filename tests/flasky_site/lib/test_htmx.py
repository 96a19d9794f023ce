import pytest
from django.test import RequestFactory

from flasky_site.lib.htmx import is_htmx, refresh_page, render_part

HTMX = {"HX-Request": "true"}
RESTORE = {**HTMX, "HX-History-Restore-Request": "true"}


@pytest.fixture
def request_with(rf: RequestFactory):
    return lambda headers: rf.get("/", headers=headers)


class TestIsHtmx:
    def test_tells_htmx_from_a_browser(self, request_with):
        assert is_htmx(request_with(HTMX))
        assert not is_htmx(request_with({}))

    def test_takes_restoring_history_for_a_browser(self, request_with):
        assert not is_htmx(request_with(RESTORE))


class TestRenderPart:
    @pytest.mark.parametrize(
        ("headers", "template"), [(HTMX, "part"), (RESTORE, "page"), ({}, "page")]
    )
    def test_answers_with_what_was_asked_for(
        self, request_with, headers, template, templates
    ):
        response = render_part(
            request_with(headers), page="page", part="part", context={}, status=422
        )

        assert response.content.decode() == template
        assert response.status_code == 422
        assert response["Vary"] == "HX-Request, HX-History-Restore-Request"

    @pytest.fixture
    def templates(self, settings):
        loader = "django.template.loaders.locmem.Loader"
        settings.TEMPLATES = [
            {
                **settings.TEMPLATES[0],
                "APP_DIRS": False,
                "OPTIONS": {"loaders": [(loader, {"page": "page", "part": "part"})]},
            }
        ]


class TestRefreshPage:
    def test_lets_htmx_load_the_page_again(self):
        assert refresh_page()["HX-Refresh"] == "true"
