import logging
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from flasky_site.lib import chores
from flasky_site.lib.worker import (
    LOST_AFTER,
    MOST_STARTS,
    Worker,
    prune_finished_tasks,
    requeue_lost_tasks,
)
from mail.tasks import deliver_mail
from tests.factories import OutgoingMailFactory

Status = TaskResultStatus


@pytest.fixture(autouse=True)
def _queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def result(**columns):
    task = deliver_mail.enqueue(123_456)
    DBTaskResult.objects.filter(pk=task.id).update(**columns)
    return DBTaskResult.objects.get(pk=task.id)


@pytest.mark.django_db
class TestRequeueLostTasks:
    LONG_AGO = timezone.now() - 2 * LOST_AFTER

    def lost(self, **columns):
        return result(status=Status.RUNNING, started_at=self.LONG_AGO, **columns)

    def test_lets_a_task_begin_again_whose_worker_is_gone(self):
        lost = self.lost()

        assert requeue_lost_tasks() == 1

        lost.refresh_from_db()
        assert lost.status == Status.READY

    def test_leaves_alone_what_has_just_begun(self):
        result(status=Status.RUNNING, started_at=timezone.now())

        assert requeue_lost_tasks() == 0

    def test_stops_a_task_that_is_lost_every_time(self, caplog):
        lost = self.lost(worker_ids=["worker"] * MOST_STARTS)

        with caplog.at_level(logging.ERROR):
            assert requeue_lost_tasks() == 0

        lost.refresh_from_db()
        assert lost.status == Status.FAILED
        assert str(lost.pk) in caplog.text


@pytest.mark.django_db
class TestPruneFinishedTasks:
    @pytest.mark.parametrize(
        ("status", "days", "is_kept"),
        [
            (Status.SUCCESSFUL, 0, True),
            (Status.SUCCESSFUL, 2, False),
            (Status.FAILED, 2, True),
            (Status.FAILED, 15, False),
        ],
    )
    def test_forgets_success_soon_and_failure_late(self, status, days, is_kept):
        result(status=status, finished_at=timezone.now() - timedelta(days=days))

        prune_finished_tasks()

        assert DBTaskResult.objects.exists() == is_kept


@pytest.mark.django_db(transaction=True)
class TestWorker:
    def test_works_off_the_queue_and_ends(self, mailoutbox):
        for _number in range(3):
            deliver_mail.enqueue(OutgoingMailFactory().pk)

        call_command("worker", batch=True)

        assert len(mailoutbox) == 3
        assert not DBTaskResult.objects.ready().exists()

    def test_goes_on_past_the_tasks_between_two_rounds_of_chores(
        self, mailoutbox, monkeypatch
    ):
        monkeypatch.setattr("flasky_site.lib.worker._TASKS_BETWEEN_CHORES", 2)
        for _number in range(5):
            deliver_mail.enqueue(OutgoingMailFactory().pk)

        Worker(batch=True, interval=0).run()

        assert len(mailoutbox) == 5

    def test_does_each_chore_when_it_is_due(self):
        worker = Worker(batch=True, interval=0)
        minute, hour = chores.minute_passed, chores.hour_passed

        due = {now: [*worker._due_chores(now)] for now in [0, 59, 60, 61, 3600]}

        assert due == {
            0: [minute, hour],
            59: [],
            60: [minute],
            61: [],
            3600: [minute, hour],
        }

    def test_announces_chores_before_it_works(self):
        heard = []

        def listen(signal, **kwargs):
            heard.append(signal)

        chores.minute_passed.connect(listen)
        try:
            Worker(batch=True, interval=0).run()
        finally:
            chores.minute_passed.disconnect(listen)

        assert heard == [chores.minute_passed]

    def test_survives_a_chore_that_fails(self, monkeypatch, mailoutbox, caplog):
        def fail():
            raise ZeroDivisionError

        monkeypatch.setattr("mail.services.requeue_lost_mail", fail)
        deliver_mail.enqueue(OutgoingMailFactory().pk)

        call_command("worker", batch=True)

        assert len(mailoutbox) == 1
        assert "ZeroDivisionError" in caplog.text

    def test_waits_for_more_until_it_is_stopped(self, monkeypatch):
        worker = Worker(batch=False, interval=7)
        slept = []

        def sleep(seconds):
            slept.append(seconds)
            worker.running = len(slept) < 3

        monkeypatch.setattr("flasky_site.lib.worker.time.sleep", sleep)
        worker.run()

        assert slept == [7, 7, 7]

    def test_waits_for_a_database_that_is_away_and_goes_on(
        self, monkeypatch, mailoutbox, caplog
    ):
        worker = Worker(batch=False, interval=1)
        deliver_mail.enqueue(OutgoingMailFactory().pk)
        away = [OperationalError("gone"), InterfaceError("closed")]
        slept = []

        def do_chores():
            if away:
                raise away.pop()

        def sleep(seconds):
            slept.append(seconds)
            worker.running = len(slept) < 3

        monkeypatch.setattr(worker, "_do_chores", do_chores)
        monkeypatch.setattr("flasky_site.lib.worker.time.sleep", sleep)
        worker.run()

        assert slept == [2, 2, 1]
        assert len(mailoutbox) == 1
        assert "Waits for the database: OperationalError" in caplog.text

    def test_begins_again_at_once_what_the_outage_cut_off(self, monkeypatch):
        worker = Worker(batch=True, interval=1)
        own = result(status=Status.RUNNING, worker_ids=["other", worker.worker_id])
        foreign = result(status=Status.RUNNING, worker_ids=[worker.worker_id, "other"])
        worker._was_cut_off = True

        worker.run()

        own.refresh_from_db()
        foreign.refresh_from_db()
        assert own.status == Status.SUCCESSFUL
        assert foreign.status == Status.RUNNING

    def test_does_not_wait_for_what_only_a_person_can_mend(self, monkeypatch):
        worker = Worker(batch=False, interval=1)

        def do_chores():
            raise ProgrammingError("no such column")

        monkeypatch.setattr(worker, "_do_chores", do_chores)
        with pytest.raises(ProgrammingError):
            worker.run()
