import errno

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from accounts import services
from accounts.pictures import LARGEST_FILE, SIZES
from tests.pictures import encoded, png_of, quarters, upload

DIGEST = "0123456789abcdef" * 2


def rules_of(response):
    return {*response["Content-Security-Policy"].split("; ")}


# Scripts do not run, nothing is loaded or sent, and the origin is not ours.
NEVER_A_PAGE = {"sandbox", "default-src 'none'", "form-action 'none'"}


def no_room(*args):
    raise OSError(errno.ENOSPC, "No space left on device")


class TestAvatar:
    def test_may_be_cached_by_anybody_for_a_year(self, client):
        response = client.get("/avatar/7.svg")

        assert response["Content-Type"] == "image/svg+xml"
        assert "public" in response["Cache-Control"]
        assert "max-age=31536000" in response["Cache-Control"]
        assert "Vary" not in response
        assert not response.cookies

    def test_runs_nothing_when_it_is_opened_by_itself(self, client):
        response = client.get("/avatar/7.svg")

        assert rules_of(response) >= NEVER_A_PAGE
        assert response["X-Content-Type-Options"] == "nosniff"

    def test_is_not_sent_again_to_who_has_it(self, client):
        etag = client.get("/avatar/7.svg")["ETag"]

        again = client.get("/avatar/7.svg", headers={"If-None-Match": etag})

        assert again.status_code == 304


class TestUploadedAvatar:
    address = f"/avatar/7/{DIGEST}-64.webp"

    @pytest.fixture
    def stored(self):
        default_storage.save(f"avatars/7/{DIGEST}-64.webp", ContentFile(b"a picture"))

    @pytest.mark.usefixtures("stored")
    def test_is_cached_for_a_year_and_never_taken_for_a_page(self, client):
        response = client.get(self.address)

        assert response.content == b"a picture"
        assert response["Content-Type"] == "image/webp"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert rules_of(response) >= NEVER_A_PAGE
        assert set(response["Cache-Control"].split(", ")) == {
            "public",
            "max-age=31536000",
            "immutable",
        }

    @pytest.mark.django_db
    @pytest.mark.usefixtures("stored")
    def test_asks_neither_the_database_nor_who_is_reading(
        self, as_alice, django_assert_num_queries
    ):
        with django_assert_num_queries(0):
            response = as_alice.get(self.address)

        assert "Vary" not in response
        assert not response.cookies

    @pytest.mark.django_db
    @pytest.mark.usefixtures("stored")
    def test_is_shown_to_who_has_not_confirmed(self, as_newcomer):
        assert as_newcomer.get(self.address).status_code == 200

    @pytest.mark.django_db
    @pytest.mark.usefixtures("stored")
    @pytest.mark.parametrize(
        "address",
        [
            f"/avatar/8/{DIGEST}-64.webp",
            f"/avatar/7/{DIGEST}-32.webp",
            f"/avatar/7/{DIGEST}-65.webp",
            f"/avatar/7/{DIGEST.upper()}-64.webp",
            f"/avatar/7/{DIGEST[1:]}-64.webp",
            f"/avatar/7/{DIGEST}-64.webp%0A",
            f"/avatar/7/{DIGEST}-64.webp/",
            f"/avatar/{'9' * 300}/{DIGEST}-64.webp",
            f"/avatar/7/..%2f7%2f{DIGEST}-64.webp",
            f"/avatar/7/../../avatars/7/{DIGEST}-64.webp",
            f"/media/avatars/7/{DIGEST}-64.webp",
            "/avatar/7/-64.webp",
        ],
    )
    def test_finds_nothing_else(self, client, address):
        response = client.get(address)

        assert response.status_code == 404
        assert "immutable" not in response.get("Cache-Control", "")

    def test_only_sends(self, client):
        assert client.post(self.address).status_code == 405


@pytest.mark.django_db(transaction=True)
class TestAvatarEditView:
    address = "/edit-profile/picture/"

    def send(self, client, content, name="me.png"):
        return client.post(self.address, {"picture": upload(content, name)})

    def picture_of(self, user, client, size=64):
        user.refresh_from_db()
        arguments = [user.pk, user.avatar, size]
        return client.get(reverse("accounts:uploaded_avatar", args=arguments))

    def test_takes_a_picture(self, as_alice, alice, client):
        response = self.send(as_alice, encoded(quarters()))

        assert response.url == self.address
        page = as_alice.get(response.url).content.decode()
        assert "This is your picture now." in page
        for size in SIZES:
            picture = self.picture_of(alice, client, size)
            assert picture.content[:4] == b"RIFF"
        assert f"{alice.avatar}-128.webp" in page

    def test_does_the_same_for_the_same_picture_again(self, as_alice, alice, client):
        self.send(as_alice, encoded(quarters()))

        self.send(as_alice, encoded(quarters()))

        assert self.picture_of(alice, client).status_code == 200

    def test_sends_only_what_was_made_here(self, as_alice, alice, client):
        content = encoded(quarters(), "JPEG") + b"<script>secret()</script>"

        self.send(as_alice, content, "me.html")

        picture = self.picture_of(alice, client)
        assert picture["Content-Type"] == "image/webp"
        assert b"secret" not in picture.content

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "There is nothing in this file."),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "We cannot read this file"),
            (b"\x89PNG\r\n\x1a\n", "We cannot read this file"),
            (png_of(50_000, 50_000), "This picture has too many pixels."),
            (b"x" * (LARGEST_FILE + 1), "This file is too large."),
            (b"x" * 11 * 1024 * 1024, "This file is too large."),
        ],
    )
    def test_says_what_is_wrong(self, as_alice, alice, content, sentence):
        response = self.send(as_alice, content)

        alice.refresh_from_db()
        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert alice.avatar == ""

    @pytest.mark.parametrize(
        "fields", [{}, {"picture": ""}, {"picture": "typed, not sent"}]
    )
    def test_asks_for_a_picture_when_none_is_sent(self, as_alice, fields):
        response = as_alice.post(self.address, fields)

        assert response.status_code == 422
        assert "Choose a picture first." in response.content.decode()

    def test_answers_413_to_what_nobody_takes_for_a_picture(self, as_alice):
        assert self.send(as_alice, b"x" * 13 * 1024 * 1024).status_code == 413

    def test_keeps_the_picture_before_when_the_next_is_none(
        self, as_alice, alice, client
    ):
        self.send(as_alice, encoded(quarters()))

        page = self.send(as_alice, b"no picture").content.decode()

        assert self.picture_of(alice, client).status_code == 200
        assert f"{alice.avatar}-128.webp" in page

    def test_says_that_the_disk_is_full_and_keeps_the_picture_before(
        self, as_alice, alice, client, monkeypatch, caplog
    ):
        self.send(as_alice, encoded(quarters()))
        monkeypatch.setattr("accounts.services.avatars._save_files", no_room)

        response = self.send(as_alice, encoded(Image.new("RGB", (40, 40))))

        assert response.status_code == 503
        assert "no room for pictures" in response.content.decode()
        assert self.picture_of(alice, client).status_code == 200
        assert "A picture could not be stored" in caplog.text

    def test_takes_only_so_many_in_a_minute(self, as_alice):
        found = [self.send(as_alice, b"no picture").status_code for _ in range(11)]

        assert found == [422] * 10 + [429]

    def test_is_for_members_who_have_confirmed(self, client, as_newcomer, newcomer):
        assert "/auth/login/" in self.send(client, encoded(quarters())).url

        response = self.send(as_newcomer, encoded(quarters()))

        newcomer.refresh_from_db()
        assert response.url == "/auth/unconfirmed/"
        assert newcomer.avatar == ""

    def test_says_where_a_picture_comes_from_that_nobody_gave(self, as_alice, settings):
        assert "that we draw for you" in as_alice.get(self.address).content.decode()

        settings.AVATARS = "gravatar"

        assert "what Gravatar has" in as_alice.get(self.address).content.decode()


@pytest.mark.django_db(transaction=True)
class TestRemoveAvatar:
    address = "/edit-profile/picture/remove/"

    @pytest.fixture
    def squares(self):
        return dict.fromkeys(SIZES, b"a picture")

    def test_goes_back_to_the_drawn_one(self, as_alice, alice, squares):
        services.change_avatar(user=alice, squares=squares)
        picture = reverse("accounts:uploaded_avatar", args=[alice.pk, alice.avatar, 64])

        response = as_alice.post(self.address)

        page = as_alice.get(response.url).content.decode()
        assert "Your picture is removed." in page
        assert f"/avatar/{alice.pk}.svg" in page
        assert as_alice.get(picture).status_code == 404

    def test_twice_is_once(self, as_alice):
        as_alice.post(self.address)

        assert as_alice.post(self.address).url == "/edit-profile/picture/"

    def test_takes_ones_own_picture_alone(self, as_bob, alice, squares):
        services.change_avatar(user=alice, squares=squares)

        as_bob.post(self.address)

        alice.refresh_from_db()
        assert alice.avatar

    def test_asks_strangers_to_log_in(self, client):
        assert "/auth/login/" in client.post(self.address).url
