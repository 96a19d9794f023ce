from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import RequestFactory

from flasky_site.monitoring.management.commands.profile import Command
from flasky_site.monitoring.profiling import ProfiledApplication


class TestProfile:
    def test_refuses_outside_development(self):
        with pytest.raises(CommandError, match="development alone"):
            call_command("profile")

    def test_refuses_a_list_of_nothing(self, settings):
        settings.DEBUG = True

        with pytest.raises(CommandError, match="at least 1"):
            call_command("profile", length=0)

    def test_serves_in_one_thread_and_makes_the_folder(
        self, settings, tmp_path, monkeypatch
    ):
        settings.DEBUG = True
        served = []
        monkeypatch.setattr(Command, "run", lambda self, **given: served.append(given))

        call_command("profile", "9999", length=3, profile_dir=tmp_path / "profiles")

        (options,) = served
        assert options["use_threading"] is options["use_reloader"] is False
        assert (tmp_path / "profiles").is_dir()

    @pytest.mark.parametrize("is_static", [True, False])
    def test_profiles_pages_and_no_files(self, is_static, settings):
        settings.DEBUG = True
        command = Command(stdout=StringIO())
        handler = command.get_handler(
            use_static_handler=is_static,
            insecure_serving=False,
            length=3,
            profile_dir=None,
        )

        profiled = handler.application if is_static else handler
        assert isinstance(profiled, ProfiledApplication)


class TestProfiledApplication:
    def ask(self, application, **options):
        out = StringIO()
        profiled = ProfiledApplication(
            application, write=out.write, **{"length": 3, "folder": None, **options}
        )
        environ = RequestFactory().get("/user/alice/").environ
        body = b"".join(profiled(environ, lambda status, headers: None))
        return body, out.getvalue()

    def test_prints_the_slowest_functions_of_a_request(self):
        closed = []

        def application(environ, start_response):
            response = HttpResponse("page")
            response.close = lambda: closed.append(True)
            return response

        body, printed = self.ask(application)

        assert body == b"page"
        assert closed == [True]
        assert "GET /user/alice/: " in printed
        assert "Ordered by: internal time, call count" in printed
        assert "due to restriction <3>" in printed

    def test_keeps_each_profile_in_the_folder(self, tmp_path):
        self.ask(lambda environ, start_response: [b"page"], folder=tmp_path)

        (file,) = tmp_path.iterdir()
        assert file.name.startswith("GET.user.alice.")
        assert file.suffix == ".prof"
