"""The styles that every page needs: files of their own here, one in production.

A browser opens a new connection for each file that it asks for beside others, and
paints nothing before the last has come. Cascade layers make the order of these files
count for nothing, but for the first, which names the layers.
"""

from typing import Any

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django_htmx.jinja import htmx_script
from whitenoise.storage import CompressedManifestStaticFilesStorage

from .fragments import remembered

register = template.Library()

PARTS = (
    *("css/tokens.css", "css/base.css", "css/prose.css", "css/layout.css"),
    *("css/controls.css", "css/components.css", "css/posts.css"),
)
WHOLE = "css/site.css"


class StaticStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's, with ``WHOLE`` made of ``PARTS`` when files are collected."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Any:
        if not dry_run:
            texts = []
            for name in PARTS:
                storage, path = paths[name]
                with storage.open(path) as file:
                    texts.append(file.read())
            self.delete(WHOLE)
            self.save(WHOLE, ContentFile(b"\n".join(texts)))
            paths = {**paths, WHOLE: (self, WHOLE)}
        yield from super().post_process(paths, dry_run=dry_run, **options)


@register.simple_tag
def site_styles() -> SafeString:
    """Return the links to what every page needs."""
    is_one = isinstance(staticfiles_storage, StaticStorage)
    return styles(*((WHOLE,) if is_one else PARTS))


@register.simple_tag
@remembered
def styles(*names: str) -> SafeString:
    """Return the links to sheets, whose addresses take longer to find than a card."""
    links = [(static(name),) for name in names]
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


@register.simple_tag
@remembered
def htmx() -> SafeString:
    return htmx_script(minified=True)


@register.simple_tag
@remembered
def scripts(*names: str) -> SafeString:
    """Return scripts that run when the page is there, in their order."""
    sources = [(static(name),) for name in names]
    return format_html_join("\n", '<script src="{}" defer></script>', sources)
