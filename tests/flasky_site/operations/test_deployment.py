import threading
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.utils import DatabaseError

from accounts import roles
from flasky_site.operations import deployment
from flasky_site.operations.deployment import (
    DeployIsRunning,
    deploy_lock,
    migrate_giving_way,
)


@pytest.fixture
def said():
    return []


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Give SQLite a name beside which a lock can lie; in memory it has none."""
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict, "NAME", tmp_path / "db.sqlite3")


@pytest.fixture
def another_host(elsewhere):
    """Hold the lock as another process does, until it is told to let go."""
    holds, may_go = threading.Event(), threading.Event()

    def hold():
        try:
            with deploy_lock(wait=0, say=print):
                holds.set()
                may_go.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert holds.wait(10)
    yield may_go
    may_go.set()
    thread.join()


@pytest.mark.django_db(transaction=True)
class TestDeployLock:
    def test_refuses_a_second_host_that_does_not_wait(self, another_host, said):
        with pytest.raises(DeployIsRunning), deploy_lock(wait=0, say=said.append):
            pass

    def test_lets_a_second_host_wait_for_the_first(self, another_host, said):
        threading.Timer(0.5, another_host.set).start()

        with deploy_lock(wait=10, say=said.append):
            assert len(said) == 1

    def test_is_free_again_after_a_failure(self, elsewhere, said):
        with pytest.raises(ZeroDivisionError), deploy_lock(wait=0, say=said.append):
            raise ZeroDivisionError

        with deploy_lock(wait=0, say=said.append):
            pass


@pytest.fixture
def static_root(settings, tmp_path):
    # Tests in a browser need what this says that a site must not have.
    settings.SILENCED_SYSTEM_CHECKS = [*settings.SILENCED_SYSTEM_CHECKS, "async.E001"]
    settings.STATIC_ROOT = tmp_path / "static"
    return settings.STATIC_ROOT


@pytest.mark.django_db(transaction=True)
class TestDeploy:
    def deploy(self, **options):
        out = StringIO()
        call_command("deploy", stdout=out, verbosity=0, **options)
        return out.getvalue()

    def test_repairs_roles_and_collects_static_files(self, elsewhere, static_root):
        Group.objects.get(name=roles.MODERATOR).permissions.clear()

        for _ in range(2):
            assert "Deployed." in self.deploy()

        assert Group.objects.get(name=roles.MODERATOR).permissions.exists()
        assert (static_root / "css/base.css").exists()

    def test_leaves_static_files_that_an_image_holds(self, elsewhere, static_root):
        self.deploy(skip_static=True)

        assert not static_root.exists()

    def test_says_so_when_another_host_does_not_end(self, another_host, static_root):
        with pytest.raises(CommandError, match="still runs"):
            self.deploy(wait=0.1)

        assert not static_root.exists()

    def test_leaves_the_way_free_when_a_migration_fails(
        self, elsewhere, static_root, monkeypatch
    ):
        both_begin, refusals = threading.Barrier(2, timeout=10), []

        def fail_to_migrate(name, **options):
            if name == "migrate":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1 FROM not_there")

        def deploy():
            both_begin.wait()
            try:
                self.deploy(wait=20)
            except CommandError as error:
                refusals.append(str(error))
            finally:
                connection.close()

        with monkeypatch.context() as patch:
            patch.setattr(deployment, "call_command", fail_to_migrate)
            threads = [threading.Thread(target=deploy) for _ in range(2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(30)

        assert len(refusals) == 2
        assert all("not_there" in refusal for refusal in refusals)
        assert "Deployed." in self.deploy(wait=0)


class _LockNotAvailable(Exception):
    sqlstate = "55P03"


@pytest.mark.django_db
class TestMigrateGivingWay:
    @pytest.fixture(autouse=True)
    def _at_once(self, monkeypatch):
        monkeypatch.setattr(deployment, "_BETWEEN_TRIES", 0)

    def failing(self, monkeypatch, errors):
        tries = []

        def migrate(*args, **kwargs):
            tries.append(args)
            if len(tries) <= len(errors):
                raise errors[len(tries) - 1]

        monkeypatch.setattr(deployment, "call_command", migrate)
        return tries

    def busy(self):
        error = OperationalError("canceling statement due to lock timeout")
        error.__cause__ = _LockNotAvailable()
        return error

    def test_tries_again_when_a_table_is_in_use(self, monkeypatch, said):
        tries = self.failing(monkeypatch, [self.busy(), self.busy()])

        migrate_giving_way(verbosity=0, say=said.append)

        assert len(tries) == 3
        assert len(said) == 2

    def test_gives_up_at_last(self, monkeypatch, said):
        tries = self.failing(monkeypatch, [self.busy() for _ in range(99)])

        with pytest.raises(OperationalError):
            migrate_giving_way(verbosity=0, say=said.append)

        assert len(tries) == 12

    def test_does_not_repeat_what_fails_otherwise(self, monkeypatch, said):
        tries = self.failing(monkeypatch, [OperationalError("disk full")])

        with pytest.raises(DatabaseError):
            migrate_giving_way(verbosity=0, say=said.append)

        assert len(tries) == 1
