import pytest

from .starts import start


class TestDevelopmentSettings:
    @pytest.mark.parametrize("name", ["AVATARS", "GRAVATAR_HASH"])
    def test_name_the_variable_that_is_malformed(self, name):
        result = start("dev", {name: "cartoons"})

        assert result.returncode != 0
        assert name in result.stderr.splitlines()[-1]

    def test_need_no_environment(self):
        assert start("dev", {}).stdout == "True\n"

    @pytest.mark.parametrize(
        ("environment", "shown"), [({}, "False\n"), ({"DEBUG_TOOLBAR": "1"}, "True\n")]
    )
    def test_show_the_toolbar_when_asked(self, environment, shown):
        result = start("dev", environment, "'debug_toolbar' in settings.INSTALLED_APPS")

        assert result.stdout == shown
