from pathlib import Path

import pytest
import yaml

from api.views.documents import YAML, document

ROOT = Path(__file__).resolve().parent.parent.parent
COMMITTED = ROOT / "docs/openapi.yaml"


class TestDocument:
    def test_is_committed_as_the_code_makes_it(self):
        # ``python manage.py spectacular --file docs/openapi.yaml`` writes it anew.
        assert COMMITTED.read_bytes() == document(YAML)

    def test_names_every_act_once(self):
        paths = yaml.safe_load(document(YAML))["paths"]

        names = [
            operation["operationId"]
            for operations in paths.values()
            for operation in operations.values()
        ]

        assert len(names) == len({*names}) > 20

    @pytest.mark.parametrize(
        ("accept", "media_type"),
        [
            ("*/*", YAML),
            ("application/json", "application/json"),
            ("text/html", YAML),
        ],
    )
    def test_is_served_to_everybody(self, client, accept, media_type):
        response = client.get("/api/v1/schema/", headers={"Accept": accept})

        assert response.status_code == 200
        assert response["Content-Type"] == media_type
        assert b"3.1.1" in response.content

    @pytest.mark.django_db
    def test_is_shown_on_a_page_of_ours(self, client):
        page = client.get("/api/v1/docs/")

        assert page.status_code == 200
        assert "/api/v1/schema/" in page.content.decode()
        assert "//" not in page.content.decode().replace("http://www.w3.org", "")
