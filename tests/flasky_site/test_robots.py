from urllib.robotparser import RobotFileParser

import pytest


@pytest.fixture
def robots(client):
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").content.decode().splitlines())
    return parser


class TestRobots:
    def test_is_plain_text(self, client):
        assert client.get("/robots.txt")["Content-Type"] == "text/plain; charset=utf-8"

    @pytest.mark.parametrize(
        "page",
        [
            "/",
            "/?page=2",
            "/post/1/",
            "/post/1.md",
            "/user/ada/",
            "/feed/",
            "/static/x",
        ],
    )
    def test_opens_what_everybody_reads(self, robots, page):
        assert robots.can_fetch("Anybot", page)

    @pytest.mark.parametrize(
        "page",
        ["/auth/login/", "/admin/", "/api/v1/", "/edit/1/", "/edit-profile/picture/"],
    )
    def test_closes_what_shows_nothing_to_strangers(self, robots, page):
        assert not robots.can_fetch("Anybot", page)

    def test_leads_to_the_sitemap(self, robots):
        assert robots.site_maps() == ["http://testserver/sitemap.xml"]

    def test_asks_nothing_of_the_database(self, client):
        # There is no database in this test, so a query would fail.
        assert client.get("/robots.txt").status_code == 200
