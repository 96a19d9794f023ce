import re

import pytest
from crispy_forms.utils import render_crispy_form
from django.contrib.staticfiles import finders

from blog.forms import CommentForm, PostForm

FORMS = [(PostForm, "post"), (CommentForm, "comment")]


@pytest.mark.parametrize(("form", "kind"), FORMS)
class TestComposerWidget:
    def test_asks_for_the_preview_of_its_kind_and_names_no_upload(self, form, kind):
        html = str(form()["body"])

        assert f'data-markdownx-urls-path="/markdownx/markdownify/?kind={kind}"' in html
        assert "upload" not in html

    def test_keeps_what_every_box_has(self, form, kind):
        html = str(form({"body": ""})["body"])

        assert 'aria-invalid="true"' in html
        assert "data-limit=" in html
        assert "{count} characters left" in html

    def test_brings_scripts_that_exist_and_run_once(self, form, kind):
        media = str(form().media)

        scripts = re.findall(r'<script src="/static/([^"]+)"([^>]*)>', media)
        assert len(scripts) == 2
        assert all("module" in attributes for _name, attributes in scripts)
        assert all(finders.find(name) for name, _attributes in scripts)
        assert "markdownx.js" not in media


class TestLayout:
    def test_has_no_id_twice(self):
        html = render_crispy_form(PostForm({"body": "x", "preview": "yes"}))

        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) > 5
        assert sorted(set(ids)) == sorted(ids)

    def test_reaches_forms_that_build_on_it(self):
        class EditForm(PostForm):
            form_id = "edit"
            button = "Save"

        html = render_crispy_form(EditForm({"body": "Hello *you*", "preview": "yes"}))

        assert 'id="edit-help"' in html
        assert 'value="Save"' in html
        assert "Hello <em>you</em>" in html

    @pytest.mark.parametrize(("form", "count"), [(PostForm, 14), (CommentForm, 10)])
    def test_explains_what_works_in_its_kind_of_text(self, form, count):
        help_on_markdown = render_crispy_form(form()).split("<tbody>")[1]

        assert help_on_markdown.count("<tr>") == count
