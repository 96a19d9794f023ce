from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import OperationalError
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from flasky_site.monitoring import backlog, metrics
from mail.models import OutgoingMail
from tests.factories import OutgoingMailFactory

from .processes import run_python
from .test_middleware import WRONG


def numbers_in(text):
    """Return what is written in Prometheus's form, by name with labels."""
    lines = [line for line in text.splitlines() if line and line[0] != "#"]
    pairs = (line.rsplit(" ", 1) for line in lines)
    return {name: float(value) for name, value in pairs}


def numbers():
    """Return what /metrics says."""
    return numbers_in(metrics.exposed().decode())


@task()
def nothing():
    pass


@pytest.mark.django_db
class TestNumbers:
    @pytest.fixture
    def moved(self, settings):
        """Return by how much a number has moved since the test began."""
        settings.ROOT_URLCONF = WRONG
        before = numbers()
        backlog.recent.read_at = -1e9
        return lambda name: numbers()[name] - before.get(name, 0.0)

    def test_count_requests_by_route_method_and_status(self, client, moved):
        client.get("/ask/alice/")
        client.get("/ask/bob/")
        client.post("/refuse/bob/")

        name = "flasky_http_requests_total"
        assert moved(name + '{method="GET",route="ask",status="200"}') == 2
        assert moved(name + '{method="POST",route="refuse",status="403"}') == 1

    def test_measure_how_long_answers_take(self, client, moved):
        client.get("/ask/alice/")

        assert moved('flasky_http_request_seconds_count{route="ask"}') == 1
        assert moved('flasky_http_request_seconds_sum{route="ask"}') > 0
        assert moved('flasky_http_request_seconds_bucket{le="+Inf",route="ask"}') == 1

    def test_count_queries_by_route(self, client, moved):
        client.get("/ask/alice/")

        assert moved('flasky_database_queries_total{route="ask"}') == 1
        assert moved('flasky_database_query_seconds_total{route="ask"}') > 0

    def test_count_slow_queries(self, client, moved, settings):
        settings.SLOW_DB_QUERY_SECONDS = 0

        client.get("/ask/alice/")

        assert moved("flasky_database_slow_queries_total") == 1

    def test_give_addresses_of_nothing_one_name(self, client, moved):
        client.get("/nothing/")
        client.get("/nothing/else/")

        name = 'flasky_http_requests_total{method="GET",route="none",status="404"}'
        assert moved(name) == 2

    def test_count_what_the_cache_had(self, moved, settings):
        chosen = settings.CACHES["default"]
        kind = "Redis" if "redis" in chosen["BACKEND"] else "LocMem"
        counted = f"flasky_site.monitoring.caches.Counted{kind}Cache"
        settings.CACHES = {"default": {**chosen, "BACKEND": counted}}
        cache = caches["default"]
        cache.clear()

        cache.set("a", None)
        assert cache.get("a", "default") is None
        assert cache.get("b", "default") == "default"
        assert cache.get_many(iter(["a", "b", "c"])) == {"a": None}

        assert moved('flasky_cache_lookups_total{result="hit"}') == 2
        assert moved('flasky_cache_lookups_total{result="miss"}') == 3

    def test_tell_the_states_of_tasks(self, settings):
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
        nothing.enqueue()
        nothing.enqueue()
        failed = DBTaskResult.objects.filter(pk=nothing.enqueue().id)
        failed.update(status=TaskResultStatus.FAILED)

        found = numbers()

        assert found['flasky_tasks{state="queued"}'] == 2
        assert found['flasky_tasks{state="running"}'] == 0
        assert found['flasky_tasks{state="failed"}'] == 1

    def test_tell_the_states_of_mails_and_how_long_the_oldest_waits(self):
        states = OutgoingMail.State
        ago = timezone.now() - timedelta(minutes=5)
        OutgoingMailFactory(state=states.SENT, sent_at=ago, created_at=ago)
        OutgoingMailFactory(state=states.FAILED)
        OutgoingMailFactory(state=states.QUEUED, created_at=ago)
        OutgoingMailFactory(state=states.QUEUED)

        found = numbers()

        assert found['flasky_mails{state="queued"}'] == 2
        assert found['flasky_mails{state="sent"}'] == 1
        assert found['flasky_mails{state="failed"}'] == 1
        assert found["flasky_database_up"] == 1
        assert 300 <= found["flasky_mail_oldest_waiting_seconds"] < 330

    def test_say_that_nothing_waits(self):
        assert numbers()["flasky_mail_oldest_waiting_seconds"] == 0

    def test_take_no_mail_of_a_clock_that_is_ahead_for_older_than_new(self):
        soon = timezone.now() + timedelta(minutes=1)
        OutgoingMailFactory(state=OutgoingMail.State.QUEUED, created_at=soon)

        assert numbers()["flasky_mail_oldest_waiting_seconds"] == 0

    def test_ask_the_database_once_in_a_while(self, django_assert_num_queries):
        with django_assert_num_queries(3):
            numbers()
            numbers()

    def test_go_on_without_the_database(self, monkeypatch):
        def fail():
            raise OperationalError

        monkeypatch.setattr(backlog, "read_backlog", fail)

        found = numbers()

        assert found["flasky_database_up"] == 0
        assert not any(name.startswith("flasky_mail") for name in found)


# A web process: it counts three requests and prints what it says about all of them.
PROCESS = """
import os
os.environ["FLASKY_METRICS_SLOT"] = "{slot}"
import django
django.setup()
from flasky_site.monitoring import backlog, metrics
def fail():
    raise backlog.DatabaseError
backlog.read_backlog = fail
from flasky_site.monitoring.current import RequestSeen
for _ in range(3):
    metrics.observe_request(
        RequestSeen("", None), route="home", method="GET", status=200, seconds=0.1
    )
metrics.HITS.inc()
print(metrics.exposed().decode())
"""


class TestSeveralProcesses:
    def count(self, folder, slot):
        program = PROCESS.format(slot=slot)
        return numbers_in(run_python(program, PROMETHEUS_MULTIPROC_DIR=str(folder)))

    def test_add_up_and_whoever_takes_a_place_goes_on_counting(self, tmp_path):
        name = 'flasky_http_requests_total{method="GET",route="home",status="200"}'

        counts = [self.count(tmp_path, slot)[name] for slot in (0, 1, 0)]

        assert counts == [3, 6, 9]
        assert len({*tmp_path.glob("counter_*")}) == 2

    def test_have_one_histogram(self, tmp_path):
        self.count(tmp_path, 0)

        found = self.count(tmp_path, 1)

        assert found['flasky_http_request_seconds_count{route="home"}'] == 6
        assert found['flasky_http_request_seconds_bucket{le="0.1",route="home"}'] == 6
        assert found['flasky_cache_lookups_total{result="hit"}'] == 2
