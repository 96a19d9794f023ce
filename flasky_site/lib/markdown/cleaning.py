"""The allow-list that all HTML passes, and bleach, which holds it."""

import re
from collections.abc import Generator, Iterator
from typing import Any

from bleach.html5lib_shim import getTreeWalker
from bleach.sanitizer import Cleaner

from .highlighting import CODE_CLASSES

TAGS = frozenset(
    """
    a blockquote br code del div em h3 h4 h5 h6 hr li ol p pre s span strong sup table
    tbody td th thead tr ul
    """.split()
)
# What values an attribute may have; None stands for any, of addresses those with one of
# PROTOCOLS or none.
_ALIGNED = re.compile("start|center|end")
_ROLE = re.compile("doc-noteref|doc-backlink")
_ANCHOR = re.compile(r"(?:note|ref)-[0-9a-f]{12}-[0-9]{1,4}(?:-[0-9])?")
ATTRIBUTES: dict[str, dict[str, re.Pattern[str] | None]] = {
    "a": {
        "class": re.compile("mention"),
        "href": None,
        "id": _ANCHOR,
        "rel": None,
        "role": _ROLE,
        "title": None,
    },
    "code": {"class": re.compile(r"language-[\w+#.-]{1,30}", re.ASCII)},
    "div": {"class": re.compile("scroller")},
    "li": {"class": re.compile("task"), "id": _ANCHOR},
    "ol": {"class": re.compile("notes|tasks"), "start": re.compile("[0-9]{1,9}")},
    "span": {
        "aria-label": re.compile("Done|To do"),
        "class": re.compile("|".join(["mark", *CODE_CLASSES])),
        "role": re.compile("img"),
    },
    "td": {"class": _ALIGNED},
    "th": {"class": _ALIGNED, "scope": re.compile("col")},
    "ul": {"class": re.compile("tasks")},
}
PROTOCOLS = frozenset({"http", "https", "mailto"})
# Said of every link that a member writes, since anybody can become a member.
LINK_REL = "nofollow ugc noopener"
_VOID = frozenset({"br", "hr"})


def is_allowed(tag: str, name: str, value: str) -> bool:
    """Say whether ``tag`` may carry the attribute ``name`` with this ``value``."""
    allowed = ATTRIBUTES.get(tag, {})
    if name not in allowed:
        return False
    pattern = allowed[name]
    return pattern is None or pattern.fullmatch(value) is not None


def new_cleaner() -> Cleaner:
    cleaner = Cleaner(tags=TAGS, attributes=is_allowed, protocols=PROTOCOLS, strip=True)
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
        # Comments, which only a slip of the parser could bring, are left out.
        if not isinstance(element.tag, str):
            return None
        _kind, namespace, name, attributes, _children = self.getNodeDetails(element)
        if name in _VOID:
            yield from self.emptyTag(namespace, name, attributes)
            return None
        yield self.startTag(namespace, name, attributes)
        return self.endTag(namespace, name)

    def _text(self, text: str | None) -> Iterator[dict[str, Any]]:
        if text:
            yield from self.text(text)
