"""Looking for something in the plain text of a document."""

from collections.abc import Callable, Iterator

from markdown_it.rules_core import StateCore
from markdown_it.token import Token


def plain_texts(state: StateCore) -> Iterator[Token]:
    """Yield each text that is neither code nor part of a link."""
    for block in state.tokens:
        for child, is_plain in _with_plainness(block.children or []):
            if is_plain:
                yield child


def replace_plain_texts(
    state: StateCore, make: Callable[[str], list[Token] | None]
) -> None:
    """Put what ``make`` makes of each plain text in its place; None leaves it."""
    for block in state.tokens:
        if not block.children:
            continue
        children: list[Token] = []
        for child, is_plain in _with_plainness(block.children):
            children.extend((is_plain and make(child.content)) or [child])
        block.children = children


def text_token(content: str) -> list[Token]:
    return [Token("text", "", 0, content=content)] if content else []


def link_tokens(href: str, content: str, **attributes: str) -> list[Token]:
    return [
        Token("link_open", "a", 1, attrs={"href": href, **attributes}),
        Token("text", "", 0, content=content),
        Token("link_close", "a", -1),
    ]


def _with_plainness(children: list[Token]) -> Iterator[tuple[Token, bool]]:
    links = 0
    for child in children:
        if child.type in {"link_open", "link_close"}:
            links += child.nesting
        yield child, child.type == "text" and links == 0
