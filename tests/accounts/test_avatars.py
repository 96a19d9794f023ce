from xml.etree import ElementTree as ET

import pytest

from accounts.avatars import draw_avatar


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
