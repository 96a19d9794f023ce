from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from blog.models import Post


class Terminal(StringIO):
    def isatty(self):
        return True


@pytest.fixture
def development(settings):
    settings.DEBUG = True


@pytest.fixture
def somebody(db):
    return User.objects.create_user("alice", "alice@example.org", "correct horse")


def output_of(*arguments, stream=None):
    stream = stream or StringIO()
    call_command("demo", *arguments, stdout=stream)
    return stream.getvalue()


@pytest.mark.usefixtures("db", "development")
class TestDemo:
    def test_fills_an_empty_site(self):
        output_of()

        assert Post.objects.exists()

    def test_ends_with_the_log_ins_and_their_password(self):
        ending = output_of()[-300:]

        assert "user@example.com" in ending
        assert "moderator@example.com" in ending
        assert "administrator@example.com" in ending
        assert "flasky-demo" in ending

    def test_counts_on_one_line_in_a_terminal(self):
        output = output_of(stream=Terminal())

        assert "\r  30 of 60 posts\r  60 of 60 posts\n" in output

    def test_writes_plain_lines_elsewhere(self):
        output = output_of()

        assert "\n60 posts\n" in output
        assert "\r" not in output

    def test_refuses_a_site_with_members(self, somebody):
        with pytest.raises(CommandError, match="There are members already"):
            output_of()

        assert not Post.objects.exists()

    def test_leaves_a_site_with_members_alone_if_asked(self, somebody):
        output = output_of("--if-empty")

        assert output == "There are members already: nothing was done.\n"
        assert not Post.objects.exists()

    def test_names_the_log_ins_again_where_the_demo_is_already(self):
        output_of()

        output = output_of("--if-empty")

        assert "user@example.com" in output
        assert "flasky-demo" in output
        assert Post.objects.count() == 60

    def test_fills_an_empty_site_if_asked_to_check(self):
        output_of("--if-empty")

        assert Post.objects.exists()


class TestDemoOutsideDevelopment:
    @pytest.mark.parametrize("arguments", [[], ["--if-empty"]])
    def test_is_refused(self, db, arguments):
        with pytest.raises(CommandError, match="for development alone"):
            output_of(*arguments)

        assert not User.objects.exists()
