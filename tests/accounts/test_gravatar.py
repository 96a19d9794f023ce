from urllib.parse import parse_qs, urlsplit

import pytest

from accounts.gravatar import gravatar_url, hash_address, is_current


class TestHashAddress:
    # As `printf john@example.com | sha256sum` and `md5sum` print it.
    @pytest.mark.parametrize(
        ("algorithm", "expected"),
        [
            (
                "sha256",
                "855f96e983f1f8e8be944692b6f719fd54329826cb62e98015efee8e2e071dd4",
            ),
            ("md5", "d4c74594d841139328695756648b6bd6"),
        ],
    )
    def test_is_what_gravatar_knows(self, settings, algorithm, expected):
        settings.GRAVATAR_HASH = algorithm

        assert hash_address("john@example.com") == expected
        assert hash_address(" John@Example.COM ") == expected


class TestIsCurrent:
    @pytest.mark.parametrize("algorithm", ["sha256", "md5"])
    def test_knows_the_hashes_of_the_chosen_algorithm(self, settings, algorithm):
        settings.GRAVATAR_HASH = algorithm

        assert is_current(hash_address("john@example.com"))
        assert not is_current("")

    def test_knows_a_hash_of_another_algorithm(self, settings):
        settings.GRAVATAR_HASH = "md5"
        address_hash = hash_address("john@example.com")
        settings.GRAVATAR_HASH = "sha256"

        assert not is_current(address_hash)


class TestGravatarUrl:
    def test_asks_for_size_rating_and_what_to_draw(self):
        url = urlsplit(gravatar_url("abc", size=40))

        assert (url.scheme, url.netloc) == ("https", "secure.gravatar.com")
        assert url.path == "/avatar/abc"
        assert parse_qs(url.query) == {"s": ["40"], "d": ["identicon"], "r": ["g"]}

    def test_takes_all_that_gravatar_takes(self):
        url = gravatar_url(
            "abc",
            size=256,
            rating="pg",
            default="https://example.com/a.png?b&c",
            force_default=True,
        )

        assert parse_qs(urlsplit(url).query) == {
            "s": ["256"],
            "r": ["pg"],
            "d": ["https://example.com/a.png?b&c"],
            "f": ["y"],
        }

    def test_asks_for_no_more_than_gravatar_has(self):
        assert "s=2048&" in gravatar_url("abc", size=4096)
