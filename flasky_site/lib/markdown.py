"""The one renderer: Markdown in, safe HTML out.

Nothing else in the project calls bleach. markdown-it-py runs with raw HTML off, and
bleach keeps a short list of tags behind it, so that either alone would do.
"""

import re
import threading
from collections.abc import Generator, Iterator
from typing import Any

from bleach.html5lib_shim import getTreeWalker
from bleach.sanitizer import Cleaner
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = frozenset(
    "a blockquote br code del em h3 h4 h5 h6 hr li ol p pre s strong ul".split()
)
ATTRIBUTES = {"a": ["href", "title", "rel"], "ol": ["start"], "code": ["class"]}
PROTOCOLS = frozenset({"http", "https", "mailto"})
# Said of every link that a member writes, since anybody can become a member.
LINK_REL = "nofollow ugc noopener"

_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# The line breaks that markdown-it puts around lists and quotes for those who read HTML
# are a third of what bleach would have to parse.
_BETWEEN_BLOCKS = re.compile(r"(</?(?:ul|ol|li|blockquote)(?: [^>]*)?>)\n")
_FIRST_HEADING = 3
_VOID = frozenset({"br", "hr"})

# The bleach parser keeps state while it cleans, so threads do not share one.
_local = threading.local()


def render_markdown(text: str) -> str:
    """Return ``text`` as sanitised HTML, which templates may print as it is."""
    if not hasattr(_local, "markdown"):
        _local.markdown = _markdown()
        _local.cleaner = _cleaner()
    blocks = _render_blocks(_local.markdown, text)
    different = set(blocks)
    # Cleaning costs most of the time. A text that says the same thousands of times,
    # which only a hostile one does, is cleaned once for each thing it says.
    if len(different) < len(blocks) // 4:
        clean = {block: _local.cleaner.clean(block) for block in different}
        return "".join(clean[block] for block in blocks)
    html: str = _local.cleaner.clean("".join(blocks))
    return html


def _render_blocks(markdown: MarkdownIt, text: str) -> list[str]:
    """Return the HTML of each paragraph, list, quote and so on at the top level."""
    environment: dict[str, Any] = {}
    tokens = markdown.parse(text, environment)
    _fit_headings(tokens)
    blocks, start = [], 0
    for end, token in enumerate(tokens, start=1):
        if token.level == 0 and token.nesting <= 0:
            html = markdown.renderer.render(
                tokens[start:end], markdown.options, environment
            )
            blocks.append(_BETWEEN_BLOCKS.sub(r"\1", html))
            start = end
    return blocks


def _fit_headings(tokens: list[Token]) -> None:
    """Let the headings of a text stand below those of its page, without gaps.

    The page has one h1 and names who wrote in an h2, so a text begins with h3 whatever
    its first heading is, and goes one level deeper at a time.
    """
    above: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            while above and above[-1] >= token.tag:
                above.pop()
            above.append(token.tag)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(_FIRST_HEADING + len(above) - 1, 6)}"


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")
    # No images yet: a picture from elsewhere would tell its host who reads.
    markdown.disable("image")
    markdown.add_render_rule("link_open", _render_link_open)
    markdown.validateLink = _is_link  # type: ignore[method-assign]
    return markdown


def _is_link(url: str) -> bool:
    """Allow relative links and PROTOCOLS; bleach takes ``tel:112`` for a host."""
    scheme = _SCHEME.match(url)
    return scheme is None or scheme[1].lower() in PROTOCOLS


def _render_link_open(self, tokens, index, options, env):  # type: ignore[no-untyped-def]
    tokens[index].attrSet("rel", LINK_REL)
    return self.renderToken(tokens, index, options, env)


def _cleaner() -> Cleaner:
    cleaner = Cleaner(tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True)
    cleaner.walker = _Walker
    return cleaner


class _Walker(getTreeWalker("etree")):  # type: ignore[misc]
    """Walks the parsed tree in linear time.

    bleach's own looks for each element among its siblings again: 10,000 short lists
    take it three seconds. Emphasis nests thousands deep, so nothing here recurses.
    """

    def __iter__(self) -> Iterator[dict[str, Any]]:
        stack: list[tuple[Any, Iterator[Any], Any]] = [
            (self.tree, iter(self.tree), None)
        ]
        yield from self._text(self.tree.text)
        while stack:
            element, children, end = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                if end is not None:
                    yield end
                    yield from self._text(element.tail)
                continue
            end = yield from self._begin(child)
            if end is None:
                yield from self._text(child.tail)
            else:
                yield from self._text(child.text)
                stack.append((child, iter(child), end))

    def _begin(self, element: Any) -> Generator[dict[str, Any], None, Any]:
        """Yield how ``element`` begins and return its end, None when it has none."""
        # Raw HTML is off, so there is nothing but elements: no comment, no doctype.
        _kind, namespace, name, attributes, _children = self.getNodeDetails(element)
        if name in _VOID:
            yield from self.emptyTag(namespace, name, attributes)
            return None
        yield self.startTag(namespace, name, attributes)
        return self.endTag(namespace, name)

    def _text(self, text: str | None) -> Iterator[dict[str, Any]]:
        if text:
            yield from self.text(text)
