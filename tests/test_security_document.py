import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs/security.md"


class TestSecurityDocument:
    def test_names_tests_that_exist(self):
        text = DOCUMENT.read_text()

        named = re.findall(r"`(tests/[\w/.]+)`", text)

        assert len(named) > 15
        assert [path for path in named if not (ROOT / path).exists()] == []

    def test_names_classes_that_are_in_their_files(self):
        pairs = re.findall(r"`(Test\w+)`\s+in\s+`([\w/.]+)`", DOCUMENT.read_text())

        assert len(pairs) >= 3
        for name, path in pairs:
            assert f"class {name}:" in (ROOT / path).read_text()

    def test_is_found_from_where_people_look(self):
        for name in ("SECURITY.md", "README.md"):
            assert "docs/security.md" in (ROOT / name).read_text()
