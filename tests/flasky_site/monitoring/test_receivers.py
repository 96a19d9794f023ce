import logging

import pytest
from django_tasks import task

from flasky_site.lib.worker import Worker
from flasky_site.monitoring.current import current_tasks

logger = logging.getLogger("blog")


@task()
def inner():
    logger.warning("inner")


@task()
def outer():
    inner.enqueue()
    logger.warning("outer")


@task()
def broken():
    raise ValueError


@pytest.mark.django_db
class TestTaskId:
    def test_is_in_what_a_task_logs(self, production_log):
        result = inner.enqueue()

        (line,) = production_log.events("inner")
        assert line["task_id"] == str(result.id)

    def test_is_that_of_the_task_itself_when_one_starts_another(self, production_log):
        result = outer.enqueue()

        (inside,) = production_log.events("inner")
        (outside,) = production_log.events("outer")
        assert outside["task_id"] == str(result.id)
        assert inside["task_id"] != str(result.id)

    def test_ends_with_the_task(self):
        outer.enqueue()

        assert current_tasks.get() == ()

    def test_is_in_the_error_of_a_task_that_fails(
        self, production_log, mailed_errors, settings
    ):
        settings.FLASKY_ADMIN = ["operator@example.com"]

        result = broken.enqueue()

        errors = [line for line in production_log.lines if line["level"] == "error"]
        assert [line["task_id"] for line in errors] == [str(result.id)]
        assert errors[0]["error"]["type"] == "ValueError"
        ((_kind, mail),) = mailed_errors
        assert f"task_id: {result.id}\n" in mail.body

    @pytest.mark.django_db(transaction=True)
    def test_is_in_what_the_worker_logs(self, production_log, settings):
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
        result = inner.enqueue()

        Worker(batch=True, interval=0).run()

        (line,) = production_log.events("inner")
        assert line["task_id"] == str(result.id)
        assert current_tasks.get() == ()
