class TestAvatar:
    def test_may_be_cached_by_anybody_for_a_year(self, client):
        response = client.get("/avatar/7.svg")

        assert response["Content-Type"] == "image/svg+xml"
        assert "public" in response["Cache-Control"]
        assert "max-age=31536000" in response["Cache-Control"]
        assert "Vary" not in response
        assert not response.cookies

    def test_is_not_sent_again_to_who_has_it(self, client):
        etag = client.get("/avatar/7.svg")["ETag"]

        again = client.get("/avatar/7.svg", headers={"If-None-Match": etag})

        assert again.status_code == 304
