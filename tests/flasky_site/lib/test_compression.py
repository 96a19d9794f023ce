import gzip

import brotli
import pytest

from tests.factories import PostFactory

BOTH = {"Accept-Encoding": "gzip, br"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(db):
    return PostFactory(body="word " * 500)


class TestCompressionMiddleware:
    def test_sends_visitors_brotli(self, client, post):
        plain = client.get("/")

        response = client.get("/", headers=BOTH)

        assert response["Content-Encoding"] == "br"
        assert brotli.decompress(response.content) == plain.content
        assert int(response["Content-Length"]) == len(response.content)
        assert "Accept-Encoding" in response["Vary"]

    def test_sends_gzip_to_who_takes_no_more(self, client, post):
        response = client.get("/", headers={"Accept-Encoding": "gzip"})

        assert response["Content-Encoding"] == "gzip"
        assert b"word word" in gzip.decompress(response.content)

    def test_sends_others_the_page_as_it_is(self, client, post):
        response = client.get("/")

        assert "Content-Encoding" not in response
        assert "Accept-Encoding" in response["Vary"]

    @pytest.mark.parametrize("address", ["/feed/", "/api/v1/posts/"])
    def test_compresses_what_programs_read(self, client, post, address):
        response = client.get(address, headers=BOTH)

        assert response["Content-Encoding"] == "br"
        assert b"word word" in brotli.decompress(response.content)

    def test_pads_the_pages_of_members(self, as_alice, post):
        answers = [as_alice.get("/", headers=BOTH) for _ in range(3)]

        assert {answer["Content-Encoding"] for answer in answers} == {"gzip"}
        # Flags of RFC 1952: a file name, which is the padding.
        assert all(answer.content[3] == 8 for answer in answers)

    @pytest.mark.parametrize(
        "address",
        [
            "/edit-profile/",
            "/auth/change-email/",
            "/auth/change-password/",
            "/api/v1/users/me",
        ],
    )
    def test_leaves_alone_what_members_have_to_themselves(self, as_alice, address):
        response = as_alice.get(address, headers=BOTH)

        assert response.status_code == 200
        assert "Content-Encoding" not in response

    @pytest.mark.parametrize("address", ["/auth/login/?next=/x", "/auth/register/"])
    def test_leaves_alone_a_page_with_a_token_of_its_form(self, client, address):
        response = client.get(address, headers=BOTH)

        assert b"csrfmiddlewaretoken" in response.content
        assert "Content-Encoding" not in response

    def test_leaves_alone_the_desk(self, as_administrator):
        response = as_administrator.get("/admin/accounts/user/?q=a", headers=BOTH)

        assert response.status_code == 200
        assert "Content-Encoding" not in response

    def test_tags_each_coding_and_knows_it_again(self, client, post):
        plain = client.get("/feed/")
        small = client.get("/feed/", headers=BOTH)

        again = client.get(
            "/feed/", headers={**BOTH, "If-None-Match": f'"x", {small["ETag"]}'}
        )

        assert small["ETag"] == plain["ETag"].removesuffix('"') + '-br"'
        assert again.status_code == 304
        assert again["ETag"] == small["ETag"]

    @pytest.mark.parametrize("kept_for", [0, 60])
    @pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
    @pytest.mark.parametrize("path", ["/", "/post/{}/", "/feed/", "/api/v1/posts/{}"])
    def test_sends_each_coding_once(
        self, client, post, settings, path, coding, kept_for
    ):
        settings.VISITOR_PAGES_CACHED_SECONDS = kept_for
        address, wanted = path.format(post.pk), {"Accept-Encoding": coding}
        first = client.get(address, headers=wanted)
        tag = first["ETag"]

        again = client.get(address, headers={**wanted, "If-None-Match": tag})

        assert first.get("Content-Encoding", "identity") == coding
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == tag
        for answer in (first, again):
            assert "Accept-Encoding" in answer["Vary"]

    def test_gives_no_two_codings_one_tag(self, client, post):
        for path in ("/", "/api/v1/posts/"):
            tags = {
                client.get(path, headers={"Accept-Encoding": coding})["ETag"]
                for coding in ("br", "gzip", "identity")
            }

            assert len(tags) == 3

    def test_lets_a_program_write_what_it_read_compressed(self, alice, client):
        post = PostFactory(author=alice, body="word " * 500)
        address = f"/api/v1/posts/{post.pk}"
        client.force_login(alice)
        tag = client.get(address)["ETag"].removesuffix('"') + '-gzip"'

        response = client.patch(
            address,
            {"body": "Another."},
            content_type="application/json",
            headers={"If-Match": tag},
        )

        assert response.status_code == 200

    def test_leaves_short_answers_as_they_are(self, client):
        assert "Content-Encoding" not in client.get("/robots.txt", headers=BOTH)
