from django.utils.decorators import method_decorator
from django.views.generic import View

from flasky_site.lib.decorators import body_limit_of, takes_bodies_of


@method_decorator(takes_bodies_of(5), name="dispatch")
class Marked(View):
    pass


class TestTakesBodiesOf:
    def test_marks_views_made_of_classes_too(self):
        assert body_limit_of(Marked.as_view()) == 5

    def test_leaves_other_views_the_common_limit(self, settings):
        assert body_limit_of(View.as_view()) == settings.DATA_UPLOAD_MAX_MEMORY_SIZE
