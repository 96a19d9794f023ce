import logging

from flasky_site.monitoring.formats import ReadableFormatter


def format_readably(message, **extra):
    record = logging.getLogger("blog").makeRecord(
        "blog", logging.INFO, "", 0, message, (), None, extra=extra
    )
    return ReadableFormatter().format(record).partition(" INFO    ")[2]


class TestReadableFormatter:
    def test_writes_a_request_as_a_sentence(self):
        fields = {
            "event": "request",
            "request_id": "a" * 32,
            "route": "social:home",
            "method": "GET",
            "status": 200,
            "ms": 12.3,
            "queries": 4,
            "query_ms": 3.1,
        }

        line = format_readably("", fields=fields)

        assert line == "GET social:home 200 in 12.3 ms, 4 queries in 3.1 ms"

    def test_writes_a_slow_query_with_its_place(self):
        fields = {"event": "slow query", "ms": 900.1, "place": "blog/models.py:3 save"}

        line = format_readably("", fields=fields)

        assert line == "slow query: ms=900.1, place=blog/models.py:3 save"

    def test_leaves_other_messages_as_they_are(self):
        assert format_readably("Hid a comment") == "Hid a comment"
