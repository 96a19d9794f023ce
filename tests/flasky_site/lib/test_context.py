import pytest


@pytest.mark.django_db
class TestDevelopment:
    @pytest.mark.parametrize("is_development", [True, False])
    def test_points_to_the_mail_page_on_a_developer_s_machine_alone(
        self, client, settings, is_development
    ):
        settings.DEBUG = is_development

        page = client.get("/auth/confirm/").content.decode()

        assert ("/dev/mail/" in page) is is_development
