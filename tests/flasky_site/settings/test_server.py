import pytest

from .starts import start


class TestServerSettings:
    @pytest.mark.parametrize("name", ["WEB_CONCURRENCY", "WEB_THREADS"])
    def test_name_the_variable_that_is_malformed(self, name):
        result = start("server", {name: "0"})

        assert result.returncode != 0
        assert name in result.stderr.splitlines()[-1]
