import importlib
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from blog.models import Post
from social.management.commands import fake
from social.models import Follow

FEW = ["--members=3", "--posts=4", "--comments=5", "--follows=6"]


@pytest.fixture
def development(settings):
    settings.DEBUG = True


@pytest.fixture
def without(monkeypatch):
    """Import the command as if a package was not installed."""

    def without(package):
        for name in [*sys.modules]:
            if name.split(".")[0] == package or name.startswith("social.fake"):
                monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, package, None)
        importlib.reload(fake)

    yield without
    monkeypatch.undo()
    importlib.reload(fake)


def output_of(*arguments):
    stream = StringIO()
    call_command("fake", *arguments, stdout=stream)
    return stream.getvalue()


@pytest.mark.usefixtures("db", "development")
class TestFake:
    def test_adds_what_was_asked_for(self):
        output = output_of(*FEW)

        assert output.startswith("3 members\n4 posts\n5 comments\n6 follows\n")
        assert (User.objects.count(), Post.objects.count()) == (3, 4)
        assert Follow.objects.count() == 6

    def test_says_how_to_log_in_and_how_to_repeat_it(self):
        output = output_of(*FEW, "--seed=7", "--until=2026-01-31T12:00")

        assert "--seed 7 --until 2026-01-31T12:00:00+00:00\n" in output
        assert User.objects.earliest("id").username in output
        assert "flasky-demo" in output

    def test_repeats_what_it_says(self):
        first = output_of(*FEW)
        arguments = first.partition("again: ")[2].splitlines()[0].split()
        posts = Post.objects.order_by("id").values_list("body", "created_at")
        before = list(posts)
        User.objects.all().delete()

        output_of(*FEW, *arguments)

        assert list(posts.all()) == before

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (["--members=-1"], "There cannot be -1 members"),
            (["--members=0"], "Posts need members"),
            (["--posts=0"], "Comments need posts"),
            (["--members=3", "--follows=7"], "can be 6 follows at most"),
            (["--members=many"], "invalid int value: 'many'"),
            (["--until=soon"], "invalid fromisoformat value: 'soon'"),
        ],
    )
    def test_refuses_what_cannot_be_with_a_sentence(self, arguments, sentence):
        with pytest.raises(CommandError, match=sentence):
            output_of(*arguments)

        assert not User.objects.exists()

    @pytest.mark.parametrize("package", ["faker", "factory"])
    def test_says_what_is_not_installed(self, without, package):
        without(package)

        with pytest.raises(CommandError, match="needs factory-boy and Faker"):
            output_of(*FEW)

    def test_hides_no_other_failure_to_import(self, without):
        with pytest.raises(ModuleNotFoundError, match=r"import of blog\.models"):
            without("blog.models")


class TestFakeOutsideDevelopment:
    def test_is_refused(self, db):
        with pytest.raises(CommandError, match="for development alone"):
            output_of(*FEW)

        assert not User.objects.exists()
