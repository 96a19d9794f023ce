import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.signals import connection_created

from accounts.models import User
from flasky_site.monitoring.queries import watch, without_values

from .test_middleware import WRONG


@pytest.mark.django_db
class TestSlowQueries:
    @pytest.fixture(autouse=True)
    def _every_query_is_slow(self, settings):
        settings.ROOT_URLCONF = WRONG
        settings.SLOW_DB_QUERY_SECONDS = 0

    def test_tell_what_was_asked_where_and_for_which_request(
        self, client, production_log
    ):
        response = client.get("/ask/alice/")

        (line,) = production_log.events("slow query")
        assert line.pop("at")
        assert line.pop("ms") >= 0
        assert line.pop("place").startswith("tests/flasky_site/monitoring/urls.py:")
        assert line == {
            "level": "warning",
            "event": "slow query",
            "request_id": response["X-Request-ID"],
            "route": "ask",
            "statement": "SELECT %s AS name, ? AS other LIMIT ?",
        }

    def test_name_the_line_of_ours_below_which_the_framework_asked(
        self, production_log
    ):
        list(User.objects.all())

        (line,) = production_log.events("slow query")
        assert "test_queries.py" in line["place"]
        assert "request_id" not in line

    def test_are_told_of_commands_too(self, production_log):
        call_command("purge_deleted")

        places = [line["place"] for line in production_log.events("slow query")]
        assert any(place.startswith("flasky_site/lib/batches.py:") for place in places)

    def test_are_not_told_below_the_limit(self, client, production_log, settings):
        settings.SLOW_DB_QUERY_SECONDS = 60

        client.get("/ask/alice/")

        assert not production_log.events("slow query")

    def test_are_told_when_they_fail(self, production_log):
        with pytest.raises(User.DoesNotExist):
            User.objects.get(username="markedname")

        assert "markedname" not in production_log.text
        assert "username" in production_log.text

    def test_are_watched_once_when_the_connection_is_made_again(self):
        connection_created.send(type(connection), connection=connection)

        assert connection.execute_wrappers.count(watch) == 1


class TestWithoutValues:
    @pytest.mark.parametrize(
        ("sql", "told"),
        [
            ("SELECT 'it''s', 17 FROM a", "SELECT ?, ? FROM a"),
            ('SELECT "t2"."a1"\n  FROM x9', 'SELECT "t2"."a1" FROM x9'),
            ("WHERE id = %s AND $1 LIMIT 21", "WHERE id = %s AND $1 LIMIT ?"),
            ("WHERE cost > 1.5", "WHERE cost > ?"),
            ("SELECT '", "SELECT '"),
        ],
    )
    def test_puts_marks_for_texts_and_numbers(self, sql, told):
        assert without_values(sql) == told

    def test_shortens_what_is_endless(self):
        assert len(without_values("a " * 9000)) == 2000
