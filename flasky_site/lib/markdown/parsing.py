"""What Markdown is here: CommonMark and what people expect beside it."""

import re
from typing import Any

from markdown_it import MarkdownIt

from .bare_links import bare_links
from .cleaning import LINK_REL, PROTOCOLS
from .footnotes import footnotes
from .highlighting import render_fence
from .mentions import mentions
from .tables import tables
from .tasks import tasks

_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def new_parser(*, brief: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")
    # No images yet: a picture from elsewhere would tell its host who reads.
    parser.disable("image")
    parser.validateLink = _is_link  # type: ignore[method-assign]
    parser.add_render_rule("link_open", _render_link_open)
    parser.add_render_rule("fence", render_fence)
    if not brief:
        parser.use(tables)
    parser.use(tasks).use(footnotes).use(bare_links).use(mentions)
    return parser


def _is_link(url: str) -> bool:
    """Allow relative links and PROTOCOLS; bleach takes ``tel:112`` for a host."""
    scheme = _SCHEME.match(url)
    return scheme is None or scheme[1].lower() in PROTOCOLS


def _render_link_open(
    self: Any, tokens: Any, index: int, options: Any, env: Any
) -> str:
    tokens[index].attrSet("rel", LINK_REL)
    html: str = self.renderToken(tokens, index, options, env)
    return html
