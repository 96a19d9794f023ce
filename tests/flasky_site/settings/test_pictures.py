import pytest

from .starts import COMPLETE, start

PICTURE_SOURCES = "settings.CONTENT_SECURITY_POLICY['DIRECTIVES'].get('img-src')"


class TestPictureSources:
    @pytest.mark.parametrize(
        ("module", "environment"), [("dev", {}), ("prod", COMPLETE)]
    )
    def test_are_ours_alone_unless_gravatar_is_switched_on(self, module, environment):
        drawn = start(module, environment, PICTURE_SOURCES)
        asked = start(module, {**environment, "AVATARS": "gravatar"}, PICTURE_SOURCES)

        assert drawn.stdout == "None\n"
        assert asked.stdout == "[\"'self'\", 'https://secure.gravatar.com']\n"
