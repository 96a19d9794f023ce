import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from flasky_site.monitoring import gunicorn


def living(*slots):
    workers = {pid: SimpleNamespace(slot=slot) for pid, slot in enumerate(slots)}
    return SimpleNamespace(WORKERS=workers)


class TestSlots:
    @pytest.mark.parametrize(
        ("taken", "given"), [([], 0), ([0, 1], 2), ([0, 2], 1), ([1, 2], 0)]
    )
    def test_are_the_lowest_that_no_living_worker_has(self, taken, given, monkeypatch):
        monkeypatch.setenv(gunicorn.SLOT, "")
        worker = SimpleNamespace()

        gunicorn.pre_fork(living(*taken), worker)
        gunicorn.post_fork(None, worker)

        assert os.environ[gunicorn.SLOT] == str(given)


class TestShareMetrics:
    @pytest.fixture(autouse=True)
    def _environment(self, monkeypatch):
        monkeypatch.delenv(gunicorn.FOLDER, raising=False)
        # Whatever is set from here on is undone.
        monkeypatch.setenv(gunicorn.FOLDER, "")
        yield
        gunicorn.on_exit(None)

    def folder(self):
        return Path(os.environ[gunicorn.FOLDER])

    def test_makes_a_folder_of_its_own_that_a_reload_keeps(self):
        gunicorn.share_metrics()
        first = self.folder()
        gunicorn.share_metrics()

        assert first.is_dir()
        assert self.folder() == first

    def test_does_not_take_over_the_folder_of_another_one(self, tmp_path):
        os.environ[gunicorn.FOLDER] = str(tmp_path)

        gunicorn.share_metrics()

        assert self.folder() != tmp_path

    def test_leaves_nothing_behind(self):
        gunicorn.share_metrics()
        folder = self.folder()

        gunicorn.on_exit(None)

        assert not folder.exists()

    def test_removes_no_folder_of_another_one(self, tmp_path):
        os.environ[gunicorn.FOLDER] = str(tmp_path)

        gunicorn.on_exit(None)

        assert tmp_path.exists()
