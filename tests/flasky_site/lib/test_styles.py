from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage

from flasky_site.lib import styles
from flasky_site.lib.styles import PARTS, WHOLE, StaticStorage, site_styles

SOURCES = {name: finders.find(name) for name in PARTS}


class TestSiteStyles:
    def test_are_files_of_their_own_where_nothing_was_collected(self):
        links = site_styles()

        assert [name for name in PARTS if f"/static/{name}" in links] == [*PARTS]

    def test_are_one_file_in_production(self, tmp_path, monkeypatch):
        storage = StaticStorage(location=tmp_path, base_url="/static/")
        files = {
            name: (FileSystemStorage(path.removesuffix(name)), name)
            for name, path in SOURCES.items()
        }
        for name, (source, path) in files.items():
            with source.open(path) as file:
                storage.save(name, file)
        monkeypatch.setattr(styles, "staticfiles_storage", storage)
        monkeypatch.setattr(styles, "static", storage.url)

        assert list(storage.post_process(files))

        links = site_styles()
        assert links.count("<link") == 1
        assert "/static/css/site." in links
        whole = (tmp_path / WHOLE).read_text()
        assert whole.startswith((tmp_path / PARTS[0]).read_text())
        assert all((tmp_path / name).read_text() in whole for name in PARTS)
        assert list((tmp_path / "css").glob("site.*.css.gz"))
