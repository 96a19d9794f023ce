import pytest

from accounts.devices import name_device


class TestNameDevice:
    @pytest.mark.parametrize(
        ("user_agent", "name"),
        [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) "
                "Gecko/20100101 Firefox/130.0",
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/"
                "605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
                "Mobile Safari on iOS",
            ),
            ("HTTPie/3.2.2", "HTTPie"),
            ("Mozilla/5.0 (X11; Linux x86_64)", "Linux"),
            ("", "Unknown browser"),
            ("<script>alert(1)</script>", "Unknown browser"),
        ],
    )
    def test_says_what_a_person_recognises(self, user_agent, name):
        assert name_device(user_agent) == name
