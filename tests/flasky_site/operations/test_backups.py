import io
import json
import tarfile
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from blog.models import Comment, Post
from flasky_site.operations.backups import archive, back_up, engines
from flasky_site.operations.backups.fingerprints import differences, fingerprint
from tests.factories import CommentFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def run(command, *arguments, **options):
    out = io.StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue()


def picture(name="avatars/1/abc-64.webp", data=b"a picture"):
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.fixture
def site():
    """A member, two posts, a comment and a picture."""
    alice = UserFactory(username="alice")
    CommentFactory(post=PostFactory(author=alice, body="Grüße 🙂"), author=alice)
    PostFactory(author=alice)
    return {"alice": alice, "picture": picture()}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "site.flasky"


def lose_everything(site):
    # The record of decisions is empty here, and so nothing holds its members.
    Comment.objects.all().delete()
    Post.objects.all().delete()
    User.objects.all().delete()
    site["picture"].unlink(missing_ok=True)


def change(file, *, member, data=None, manifest=None):
    """Write the archive anew with another ``member`` or another ``manifest``."""
    with tarfile.open(file) as tar:
        parts = {one.name: tar.extractfile(one).read() for one in tar.getmembers()}
    if data is None:
        parts.pop(member, None)
    else:
        parts[member] = data
    if manifest:
        known = json.loads(parts["manifest.json"])
        parts["manifest.json"] = json.dumps({**known, **manifest}).encode()
    with tarfile.open(file, "w") as tar:
        for name, content in parts.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


class TestBackup:
    def test_brings_back_all_that_was_lost(self, site, file):
        before = fingerprint(connection)
        run("backup", file)
        lose_everything(site)

        run("restore", file)

        assert fingerprint(connection) == before
        assert site["picture"].read_bytes() == b"a picture"
        assert Post.objects.filter(body="Grüße 🙂").exists()

    def test_leaves_a_site_that_goes_on(self, site, file):
        run("backup", file)
        lose_everything(site)
        run("restore", file)

        post = PostFactory(author=User.objects.get())

        assert Post.objects.count() == 3
        post.author.refresh_from_db()
        assert post.author.post_count == 3

    def test_is_for_the_operator_alone_to_read(self, site, file):
        run("backup", file)

        assert file.stat().st_mode & 0o777 == 0o600

    def test_is_of_one_moment(self, site, file, monkeypatch):
        """What is written while it runs is not in it, and does not disturb it."""

        def write_meanwhile(database):
            if connection.vendor == "postgresql":
                name = connection.settings_dict["NAME"]
                with engines.connection_to(name) as other, other.cursor() as cursor:
                    cursor.execute("UPDATE accounts_user SET location = 'Elsewhere'")
            return fingerprint(database)

        monkeypatch.setattr(
            "flasky_site.operations.backups.backing_up.fingerprint", write_meanwhile
        )
        run("backup", file)

        assert "is whole" in run("verify", file)

    def test_takes_a_picture_that_comes_while_it_runs(self, site, file, monkeypatch):
        def come(database):
            picture("avatars/2/new-64.webp")
            return fingerprint(database)

        monkeypatch.setattr(
            "flasky_site.operations.backups.backing_up.fingerprint", come
        )

        manifest = back_up(file, say=str)

        assert "media/avatars/2/new-64.webp" in manifest.members

    def test_may_run_twice_at_once(self, site, file, monkeypatch):
        """As when the one of yesterday has not ended yet."""
        with archive.writing(file) as first:
            first.add("first", site["picture"])
            back_up(file, say=str)
            assert "is whole" in run("verify", file)

    def test_leaves_nothing_behind_when_it_fails(self, site, file, monkeypatch):
        def fail(database):
            raise OSError("No space left on device")

        monkeypatch.setattr(
            "flasky_site.operations.backups.backing_up.fingerprint", fail
        )
        with pytest.raises(CommandError, match="No space left"):
            run("backup", file)

        assert [*file.parent.glob("*site*")] == []
        assert [*file.parent.glob(".backup*")] == []

    def test_replaces_no_file_unasked(self, site, file):
        file.write_text("precious")

        with pytest.raises(CommandError, match="--overwrite"):
            run("backup", file)
        assert file.read_text() == "precious"

        run("backup", file, overwrite=True)
        assert "is whole" in run("verify", file)

    @pytest.mark.side_by_side
    def test_names_the_program_that_is_missing(self, site, file, monkeypatch):
        monkeypatch.setenv("PATH", "")

        with pytest.raises(CommandError, match="postgresql-client"):
            run("backup", file)


class TestRestore:
    def test_refuses_a_site_that_is_there(self, site, file):
        run("backup", file)
        Post.objects.filter(body="Grüße 🙂").update(body="Newer")

        with pytest.raises(CommandError, match="There is a site here already"):
            run("restore", file)

        assert Post.objects.filter(body="Newer").exists()

    def test_replaces_it_when_told(self, site, file):
        run("backup", file)
        UserFactory(username="newer")

        run("restore", file, overwrite=True)

        assert [*User.objects.values_list("username", flat=True)] == ["alice"]

    @pytest.mark.parametrize(
        ("damage", "said"),
        [
            ({"member": "media/avatars/1/abc-64.webp", "data": b"other"}, "is damaged"),
            ({"member": "media/avatars/1/abc-64.webp"}, "is missing"),
            ({"member": "manifest.json"}, "no backup of Flasky"),
            ({"member": "x", "manifest": {"format": 2}}, "of format 2"),
            ({"member": "x", "manifest": {"engine": "oracle"}}, "a site on oracle"),
            (
                {"member": "x", "manifest": {"migrations": ["blog.9999_later"]}},
                "a newer version",
            ),
            (
                {"member": "x", "manifest": {"members": {"media/../../etc/x": "0"}}},
                "outside its folder",
            ),
            ({"member": "x", "manifest": {"database": "../x"}}, "an unknown file"),
            ({"member": "x", "manifest": {"database": "/x"}}, "an unknown file"),
            ({"member": "x", "manifest": {"database": ["x"]}}, "no backup of Flasky"),
            ({"member": "x", "manifest": {"members": ["x"]}}, "no backup of Flasky"),
            ({"member": "x", "manifest": {"tables": {"x": 1}}}, "no backup of Flasky"),
            ({"member": "x", "manifest": {"migrations": [[]]}}, "no backup of Flasky"),
        ],
    )
    @pytest.mark.parametrize("command", ["restore", "verify"])
    def test_changes_nothing_for_a_file_that_is_not_right(
        self, site, file, command, damage, said
    ):
        run("backup", file)
        change(file, **damage)
        lose_everything(site)
        UserFactory(username="untouched")
        options = {"overwrite": True} if command == "restore" else {}

        with pytest.raises(CommandError, match=said):
            run(command, file, **options)

        assert User.objects.get().username == "untouched"

    @pytest.mark.parametrize("command", ["restore", "verify"])
    def test_writes_nothing_outside_its_folder(self, site, file, command, tmp_path):
        run("backup", file)
        outside = str(tmp_path / "outside")
        sha256 = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
        manifest = {"database": outside, "members": {outside: sha256}}
        change(file, member=outside, data=b"x", manifest=manifest)
        options = {"overwrite": True} if command == "restore" else {}

        with pytest.raises(CommandError):
            run(command, file, **options)

        assert not Path(outside).exists()

    @pytest.mark.parametrize("name", ["manifest.json", "media/avatars/1/abc-64.webp"])
    def test_follows_no_link(self, site, file, name):
        run("backup", file)
        change(file, member=name)
        with tarfile.open(file, "a") as tar:
            link = tarfile.TarInfo(name)
            link.type, link.linkname = tarfile.SYMTYPE, name
            tar.addfile(link)

        with pytest.raises(CommandError, match=r"no backup|is no file"):
            run("restore", file, overwrite=True)

        assert User.objects.get().username == "alice"

    @pytest.mark.parametrize("length", [0, 100, 5000])
    def test_refuses_a_file_that_is_cut_off(self, site, file, length):
        run("backup", file)
        file.write_bytes(file.read_bytes()[:length])

        with pytest.raises(CommandError):
            run("restore", file, overwrite=True)

        assert User.objects.get().username == "alice"

    def test_says_when_there_is_no_file(self, file):
        with pytest.raises(CommandError, match="There is no file"):
            run("restore", file)


class TestVerify:
    def test_finds_a_table_that_holds_something_else(self, site, file):
        run("backup", file)
        with archive.reading(file) as found:
            tables = found.manifest.tables
        tables["blog_post"][0] += 1
        tables["accounts_user"][1] = "1"
        change(file, member="x", data=b"", manifest={"tables": tables})

        with pytest.raises(CommandError) as refused:
            run("verify", file)

        assert "blog_post: 3 rows expected, 2 found" in str(refused.value)
        assert "accounts_user: 1 rows, of which some differ" in str(refused.value)

    def test_leaves_no_database_behind(self, site, file, monkeypatch):
        ours = uuid4().hex[:12]
        monkeypatch.setattr("secrets.token_hex", lambda length: ours)
        run("backup", file)
        run("verify", file)

        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT datname FROM pg_database")
                assert (f"flasky_verify_{ours}",) not in cursor.fetchall()

    @pytest.mark.side_by_side
    def test_never_restores_into_the_site(self, site, file):
        run("backup", file)
        name = connection.settings_dict["NAME"]

        with pytest.raises(CommandError, match="Name another one"):
            run("verify", file, scratch_database=name)


class TestFingerprint:
    def test_is_the_same_whatever_the_order_of_rows(self, site):
        before = fingerprint(connection)

        with connection.cursor() as cursor:
            # PostgreSQL writes it in another place.
            cursor.execute("UPDATE blog_post SET body = body WHERE id > 0")

        assert differences(before, fingerprint(connection)) == []

    def test_differs_when_one_letter_does(self, site):
        before = fingerprint(connection)

        User.objects.update(location="Elsewhere")

        assert differences(before, fingerprint(connection)) == [
            "accounts_user: 1 rows, of which some differ"
        ]

    def test_names_tables_that_came_and_went(self):
        assert differences({"a": [1, "1"]}, {"b": [2, "2"]}) == [
            "a: 1 rows expected, None found",
            "b: None rows expected, 2 found",
        ]
