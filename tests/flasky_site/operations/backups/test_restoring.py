import tarfile
from pathlib import Path

import pytest
from django.core.management import CommandError

from accounts.models import User
from blog.models import Post
from tests.factories import PostFactory, UserFactory

from .acts import change, lose_everything, run

pytestmark = pytest.mark.django_db(transaction=True)


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

    @pytest.mark.usefixtures("kept_pages")
    def test_shows_visitors_no_page_of_before(self, site, file, client):
        run("backup", file)
        PostFactory(author=site["alice"], body="postmark")
        assert "postmark" in client.get("/").text

        run("restore", file, overwrite=True)

        assert "postmark" not in client.get("/").text

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
