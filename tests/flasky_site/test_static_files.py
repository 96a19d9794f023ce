import re

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.templatetags.static import static
from django.test import Client


@pytest.fixture
def _as_in_production(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        },
    }
    settings.STATIC_ROOT = tmp_path
    # Ours alone: there are megabytes beside them, which take a while to compress.
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder"
    ]
    settings.WHITENOISE_AUTOREFRESH = False
    settings.WHITENOISE_USE_FINDERS = False
    call_command("collectstatic", interactive=False, verbosity=0)


def fetch(address, **headers):
    response = Client().get(
        address,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )
    content = response.getvalue()
    response.close()
    return response, content


class TestCollecting:
    def test_leaves_out_what_no_page_shows(self):
        paths = [
            path
            for finder in finders.get_finders()
            for path, _storage in finder.list([])
        ]

        assert any("swagger-ui" in path for path in paths)
        assert not any("redoc" in path for path in paths)


@pytest.mark.django_db
@pytest.mark.usefixtures("_as_in_production")
class TestStaticFiles:
    def test_have_names_of_what_is_in_them_and_are_cached_for_years(self):
        address = static("css/base.css")

        response, _content = fetch(address)

        assert re.fullmatch(r"/static/css/base\.[0-9a-f]{12}\.css", address)
        lasting = dict(
            part.strip().partition("=")[::2]
            for part in response["Cache-Control"].split(",")
        )
        assert int(lasting["max-age"]) >= 365 * 24 * 3600
        assert {"public", "immutable"} <= lasting.keys()

    def test_come_in_brotli(self):
        address = static("css/base.css")
        _response, plain = fetch(address)

        response, small = fetch(address, accept_encoding="gzip, br")

        assert response["Content-Encoding"] == "br"
        assert response["Vary"] == "Accept-Encoding"
        assert brotli.decompress(small) == plain

    def test_are_not_cached_for_long_under_the_name_they_have_here(self):
        response, _content = fetch("/static/css/base.css")

        assert response["Cache-Control"] == "max-age=60, public"
