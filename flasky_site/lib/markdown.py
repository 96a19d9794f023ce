"""The one renderer: Markdown in, safe HTML out.

Nothing else in the project calls bleach. markdown-it-py runs with raw HTML off, and
bleach keeps a short list of tags behind it, so that either alone would do.
"""

import threading

from bleach.sanitizer import Cleaner
from markdown_it import MarkdownIt

TAGS = frozenset(
    "a blockquote br code del em h1 h2 h3 h4 h5 h6 hr li ol p pre s strong ul".split()
)
ATTRIBUTES = {"a": ["href", "title", "rel"], "ol": ["start"], "code": ["class"]}
PROTOCOLS = frozenset({"http", "https", "mailto"})
# Said of every link that a member writes, since anybody can become a member.
LINK_REL = "nofollow ugc noopener"

# The bleach parser keeps state while it cleans, so threads do not share one.
_local = threading.local()


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")
    # No images yet: a picture from elsewhere would tell its host who reads.
    markdown.disable("image")
    markdown.add_render_rule("link_open", _render_link_open)
    return markdown


def _render_link_open(self, tokens, index, options, env):  # type: ignore[no-untyped-def]
    tokens[index].attrSet("rel", LINK_REL)
    return self.renderToken(tokens, index, options, env)


def render_markdown(text: str) -> str:
    """Return ``text`` as sanitised HTML, which templates may print as it is."""
    if not hasattr(_local, "markdown"):
        _local.markdown = _markdown()
        _local.cleaner = Cleaner(
            tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True
        )
    html: str = _local.cleaner.clean(_local.markdown.render(text))
    return html
