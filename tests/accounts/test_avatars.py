from xml.etree import ElementTree as ET

import pytest

from accounts.avatars import avatar_url, draw_avatar
from accounts.models import User

DIGEST = "0123456789abcdef" * 2


class TestAvatarUrl:
    def test_is_the_uploaded_picture_of_at_least_that_size(self):
        member = User(id=7, avatar=DIGEST)

        assert avatar_url(member, 33) == f"/avatar/7/{DIGEST}-64.webp"
        assert avatar_url(member, 999) == f"/avatar/7/{DIGEST}-256.webp"

    def test_prefers_the_uploaded_picture_to_gravatar(self, settings):
        settings.AVATARS = "gravatar"

        assert avatar_url(User(id=7, avatar=DIGEST), 32).startswith("/")

    def test_is_the_drawn_picture_otherwise(self):
        assert avatar_url(User(id=7), 32) == "/avatar/7.svg?v=1"


class TestDrawAvatar:
    @pytest.mark.parametrize("member_id", [0, 1, 12, 2**63])
    def test_is_well_formed_and_small(self, member_id):
        drawing = draw_avatar(member_id)

        assert ET.fromstring(drawing).get("viewBox") == "-1 -1 7 7"
        assert len(drawing) < 1000

    def test_is_always_the_same_for_a_member(self):
        assert draw_avatar(7) == draw_avatar(7)

    def test_differs_between_members(self):
        assert len({draw_avatar(member_id) for member_id in range(200)}) == 200

    def test_is_symmetric(self):
        path = "".join(
            shape.get("d", "") for shape in ET.fromstring(draw_avatar(3)).iter()
        )

        cells = {
            tuple(map(int, cell.removesuffix("h1v1h-1z").split()))
            for cell in path.split("M")
            if cell.endswith("h1v1h-1z")
        }
        assert cells == {(4 - column, row) for column, row in cells}
