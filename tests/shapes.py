"""Markdown at a post's full length in shapes that are hard on renderers."""

from blog.models import POST_MAX_LENGTH

# What a post usually is, to compare with.
PROSE = "A sentence with *some* emphasis, [a link](https://example.com) and `code`. "


def filled(piece):
    """Repeat ``piece`` up to the length that a post may have."""
    return (piece * (POST_MAX_LENGTH // len(piece) + 1))[:POST_MAX_LENGTH]


def _nested_list():
    lines = ("  " * depth + "- item" for depth in range(200))
    return filled("\n".join(lines) + "\n")


SHAPES = {
    "emphasis": filled("*a "),
    "brackets": filled("["),
    "images": filled("!["),
    "quotes": filled(">"),
    "spaced quotes": filled("> "),
    "tags": filled("<a "),
    "table rows": filled("|a|b|\n|-|-|\n"),
    "nested lists": _nested_list(),
    "lists in lists in a line": filled("- "),
    "list": filled("- a\n"),
    "empty lists": filled("-\n+\n"),
    "numbered empty lists": filled("1)\n1.\n"),
    "lists in quotes": filled(">-\n>+\n"),
    "quoted paragraphs": filled(">a\n\n"),
    "one line": filled("a"),
    "backticks": filled("`a"),
    "links in links": filled("[a](b"),
    "paragraphs": filled("a\n\n"),
    "entities": filled("&amp;"),
    "fences": filled("```\na\n```\n"),
    "references": "[a]: b\n" + filled("[a]")[: POST_MAX_LENGTH - 8],
}
