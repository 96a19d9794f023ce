import pytest


@pytest.mark.django_db
class TestPrivatePagesMiddleware:
    def test_keeps_members_pages_out_of_shared_caches(self, as_alice):
        assert "private" in as_alice.get("/")["Cache-Control"]

    def test_leaves_strangers_pages_to_them(self, client, as_alice):
        # Not fresh for a moment, as they are members a moment later.
        assert client.get("/")["Cache-Control"] == "no-cache"
        assert "public" in as_alice.get("/avatar/1.svg")["Cache-Control"]

    @pytest.mark.parametrize("address", ["/nowhere/", "/nothing/here/", "/all/"])
    def test_lets_no_copy_pass_for_fresh(self, client, address):
        assert client.get(address)["Cache-Control"] == "no-cache"

    def test_leaves_alone_what_has_moved_for_good(self, client, alice):
        response = client.get("/user/ALICE/")

        assert response.status_code == 301
        assert "Cache-Control" not in response
