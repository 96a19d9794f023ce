import pytest

from bench import environment
from bench.sizes import SIZES

SERVER = "postgres://somebody@db.example.com:5432/postgres?sslmode=require"


@pytest.fixture
def variables(monkeypatch, tmp_path):
    """What is in the environment; the true one stays as it is."""
    found = {"DATABASE_URL": SERVER}
    monkeypatch.setattr(environment.os, "environ", found)
    monkeypatch.setattr(environment, "SCRATCH", tmp_path / "var")
    return found


class TestWithDatabase:
    def test_changes_nothing_but_the_name(self):
        assert environment.with_database(SERVER, "other") == (
            "postgres://somebody@db.example.com:5432/other?sslmode=require"
        )


class TestEnterSite:
    def test_leads_to_the_small_site_unless_told(self, variables):
        size, server = environment.enter_site(["--again"])

        assert (size, server) == (SIZES["small"], SERVER)
        assert "/flasky_bench_small" in variables["DATABASE_URL"]

    def test_leads_to_the_size_that_is_named(self, variables):
        assert environment.enter_site(["large"])[0] == SIZES["large"]

    @pytest.mark.parametrize("arguments", [["huge"], ["small", "large"]])
    def test_refuses_other_sizes(self, variables, arguments):
        with pytest.raises(SystemExit, match="SIZE is one of small, large"):
            environment.enter_site(arguments)

    @pytest.mark.parametrize("url", ["", "sqlite:///flasky.sqlite3"])
    def test_needs_a_postgresql(self, variables, url):
        variables["DATABASE_URL"] = url

        with pytest.raises(SystemExit, match="DATABASE_URL to a PostgreSQL"):
            environment.enter_site(["small"])


class TestSetEnvironment:
    def test_caches_in_memory_unless_a_cache_is_given(self, variables):
        environment.set_environment(SERVER)
        assert variables["BENCH_CACHE"] == "memory"

        # As the second database of one run does it.
        environment.set_environment(SERVER)
        assert variables["BENCH_CACHE"] == "memory"

    def test_takes_the_cache_that_is_given(self, variables):
        variables["CACHE_URL"] = "redis://127.0.0.1:6379/0"

        environment.set_environment(SERVER)

        assert variables["BENCH_CACHE"] == "given"
        assert variables["CACHE_URL"] == "redis://127.0.0.1:6379/0"

    def test_has_the_keys_of_each_run_differ(self, variables):
        environment.set_environment(SERVER)
        before = variables["BENCH_RUN"]

        environment.set_environment(SERVER)

        assert variables["BENCH_RUN"] != before
