import json

from gunicorn.config import Config

from flasky_site.monitoring.gunicorn_logs import JsonLogger


class TestJsonLogger:
    def test_writes_json_without_the_address_of_who_asked(self, capfd):
        log = JsonLogger(Config())
        log.warning("Invalid request from ip=%s: %s", "203.0.113.77", "bad")

        line = json.loads(capfd.readouterr().err)
        assert line["event"] == "Invalid request from ip=[hidden]: bad"
        assert line["level"] == "warning"

    def test_says_where_it_listens(self, capfd):
        JsonLogger(Config()).info("Listening at: %s", "http://127.0.0.1:8000")

        line = json.loads(capfd.readouterr().err)
        assert line["event"] == "Listening at: http://127.0.0.1:8000"

    def test_leaves_out_the_path_of_what_failed(self, capfd):
        log = JsonLogger(Config())
        try:
            raise KeyError("markedname")
        except KeyError:
            log.exception("Error handling request %s", "/user/markedname/")

        text = capfd.readouterr().err
        assert json.loads(text)["event"] == "Error of the web server"
        assert "/user/" not in text
