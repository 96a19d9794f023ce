import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# From low to high: a layer imports from itself and from those before it.
LAYERS = ["flasky_site.lib", "mail", "accounts", "blog", "social", "api"]
HIDDEN_IMPORTS_ALLOWED = {"apps.py"}


def sources(layer):
    return sorted((ROOT / layer.replace(".", "/")).rglob("*.py"))


def imported_modules(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def points_up(module, layer):
    package = module.split(".")[0]
    if package == "flasky_site":
        return module != "flasky_site" and not module.startswith("flasky_site.lib")
    return package in LAYERS[LAYERS.index(layer) + 1 :]


class TestArrow:
    @pytest.mark.parametrize("layer", LAYERS)
    def test_a_layer_imports_only_lower_layers(self, layer):
        offences = [
            f"{path.relative_to(ROOT)} imports {module}"
            for path in sources(layer)
            for module in imported_modules(path)
            if points_up(module, layer)
        ]

        assert not offences

    @pytest.mark.parametrize(
        ("module", "layer"),
        [
            ("blog.models", "accounts"),
            ("accounts.models", "flasky_site.lib"),
            ("flasky_site.settings.base", "social"),
            ("api", "social"),
        ],
    )
    def test_an_import_of_a_higher_layer_is_an_offence(self, module, layer):
        assert points_up(module, layer)

    def test_no_import_hides_in_a_function(self):
        offences = [
            f"{path.relative_to(ROOT)}:{node.lineno}"
            for layer in LAYERS
            for path in sources(layer)
            if path.name not in HIDDEN_IMPORTS_ALLOWED
            for function in ast.walk(ast.parse(path.read_text()))
            if isinstance(function, ast.FunctionDef)
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]

        assert not offences


class TestCollection:
    def test_pytest_collects_every_module_of_tests(self):
        skipped = [
            path.relative_to(ROOT)
            for path in (ROOT / "tests").rglob("*.py")
            if "def test_" in path.read_text() and not path.name.startswith("test_")
        ]

        assert not skipped

    def test_every_test_class_has_a_name_that_pytest_collects(self):
        skipped = [
            f"{path.relative_to(ROOT)}: {node.name}"
            for path in (ROOT / "tests").rglob("test_*.py")
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.ClassDef)
            and not node.name.startswith("Test")
            and any(
                isinstance(child, ast.FunctionDef) and child.name.startswith("test_")
                for child in node.body
            )
        ]

        assert not skipped

    def test_no_two_modules_of_tests_hide_each_other(self):
        folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}

        missing = [
            folder.relative_to(ROOT)
            for folder in folders
            if folder != ROOT / "tests" and not (folder / "__init__.py").exists()
        ]

        assert not missing


class TestRendering:
    def test_nothing_vouches_for_html_but_the_template_that_prints_it(self):
        offences = [
            path.relative_to(ROOT)
            for path in ROOT.rglob("*.py")
            if not {".venv", "tests"} & set(path.relative_to(ROOT).parts)
            and "mark_safe" in path.read_text()
        ]

        assert not offences
