"""Markdown at a post's full length in shapes that are hard on renderers."""

from blog.models import POST_MAX_LENGTH

# What a post usually is, to compare with.
PROSE = "A sentence with *some* emphasis, [a link](https://example.com) and `code`. "


def filled(piece, start=""):
    """Repeat ``piece`` after ``start`` up to the length that a post may have."""
    return (start + piece * (POST_MAX_LENGTH // len(piece) + 1))[:POST_MAX_LENGTH]


def numbered(piece):
    """Write ``piece`` with another number each time, up to a post's length."""
    most = POST_MAX_LENGTH // len(piece)
    text = "".join(piece.replace("1", str(number)) for number in range(most))
    return text[:POST_MAX_LENGTH]


def everybody(names):
    """Find every mentioned name, as a site with very many members would."""
    return {name: f"/user/{name}/" for name in names}


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
    "references": filled("[a]", "[a]: b\n"),
    "nested lists of 5,000": "".join(" " * depth + "- a\n" for depth in range(190)),
    "nested quotes and lists": filled("> - "),
    "nested emphasis": "*a **b " * 1400 + "** *" * 1400,
    "table": filled("|a|b|\n", "|a|b|\n|-|-|\n"),
    "table of empty cells": filled("|\n", "|" * 200 + "\n" + "|-" * 199 + "|\n"),
    "small tables": numbered("|1|\n|-|\n\n"),
    "tasks": filled("- [ ] a\n"),
    "different tasks": numbered("- [x] 1\n"),
    "one note for all": filled("[^1]", "[^1]: a\n\n"),
    "a note each": numbered("[^1]\n\n[^1]: 1\n\n"),
    "notes in notes": filled("[^1]: "),
    "notes that do not end": filled("[^", "[^1]: a\n\n"),
    "notes in notes by lines": filled("[^1]: [^1]\n"),
    "mentions": filled("@a "),
    "quoted mentions": filled(">@a"),
    "different mentions": numbered("@a1 "),
    "a thousand mentions": numbered("@a1 ")[:5800] + filled("a\n\n")[:14_000],
    "domains": filled("a.com "),
    "different domains": numbered("a1.com "),
    "addresses": filled("https://a.b "),
    "addresses in a word": filled("http://"),
    "letters": filled("x@y.io "),
    "letters in a word": filled("a@"),
    "long words": filled("a@" * 490 + " "),
    "colons": filled("://"),
    "code": "```python\n" + filled('1 "a" ')[:5900] + "\n```\n" + filled("[")[:14_000],
    "scripts": "```js\n" + filled('\\"')[:3900] + "\n```\n" + filled("[")[:16_000],
    "fenced numbers": numbered("```py\n1\n```\n"),
    "null bytes": filled("\x00*"),
    "overrides": filled("\u202e\u200b[a](b)"),
}
