"""Where the headings of a text stand among those of its page."""

from collections.abc import Iterable, Iterator

from markdown_it.token import Token

_FIRST = 3
_DEEPEST = 6


def fit_headings(tokens: Iterable[Token]) -> None:
    """Let the headings of a text stand below those of its page, without gaps.

    The page has one h1 and names who wrote in an h2, so a text begins with h3 whatever
    its first heading is, and goes one level deeper at a time.
    """
    above: list[str] = []
    for token in _of_headings(tokens):
        if token.nesting == 1:
            while above and above[-1] >= token.tag:
                above.pop()
            above.append(token.tag)
        token.tag = f"h{min(_FIRST + len(above) - 1, _DEEPEST)}"


def flatten_headings(tokens: Iterable[Token]) -> None:
    """Let headings be paragraphs."""
    for token in _of_headings(tokens):
        token.tag = "p"


def _of_headings(tokens: Iterable[Token]) -> Iterator[Token]:
    return (token for token in tokens if token.type.startswith("heading_"))
