"""Colours for code, as classes to which a style sheet of ours gives meaning."""

from collections.abc import Iterator
from functools import cache
from html import escape
from itertools import groupby
from typing import Any

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, String

# What a character costs. The worst code takes every lexer about 15 microseconds a
# character, and some of them a time that grows with the square of the length:
# ``python -m bench.highlighting`` tells. C#'s reads words ahead from each line anew.
# Those of Make, Nix, Perl, R and of the console would cost even more and are left out.
_COSTS = {
    2: """
    bash sh shell zsh c clojure cpp c++ dart diff docker dockerfile elixir graphql
    haskell hs json kotlin nginx php powershell ps1 py pycon python
    python3 ruby rb rs rust scala scss sql swift toml xml
    """.split(),
    3: "css go golang html ini javascript js lua yaml yml".split(),
    5: "java ts typescript".split(),
    12: "csharp c# cs".split(),
}
COST = {language: cost for cost, names in _COSTS.items() for language in names}
# What an empty line costs beside its characters: from each of them the lexers of C, C++
# and Java look for the end of all that follow it.
_BLANK_COST = 4
# What all code of a text may cost together, and how many coloured pieces it may have,
# each of which is one more tag for bleach. What is over stays plain.
MOST_COST = 12_000
_MOST_PIECES = 2500
_CLASSES: dict[Any, str] = {
    Comment: "hl-comment",
    Generic.Deleted: "hl-deleted",
    Generic.Heading: "hl-name",
    Generic.Inserted: "hl-inserted",
    Generic.Prompt: "hl-comment",
    Generic.Subheading: "hl-name",
    Keyword: "hl-keyword",
    Name.Attribute: "hl-name",
    Name.Builtin: "hl-name",
    Name.Class: "hl-name",
    Name.Decorator: "hl-name",
    Name.Function: "hl-name",
    Name.Tag: "hl-name",
    Number: "hl-number",
    Operator.Word: "hl-keyword",
    String: "hl-string",
}
CODE_CLASSES = frozenset(_CLASSES.values())


def render_fence(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """Render code between fences as markdown-it does, with colours where they fit."""
    code = tokens[index].content
    language = next(iter(tokens[index].info.lower().split()), "")
    named = f' class="language-{escape(language)}"' if language else ""
    html = _coloured(code, language, env) or escape(code, quote=False)
    return f"<pre><code{named}>{html}</code></pre>\n"


def cost_of(code: str, language: str) -> int:
    """Return what ``code`` may cost at most, in the units of ``MOST_COST``."""
    blank = sum(not line.strip() for line in code.splitlines())
    return len(code) * COST[language] + blank * _BLANK_COST


def _coloured(code: str, language: str, env: dict[str, Any]) -> str | None:
    """Return ``code`` as HTML, None when it is to stay plain."""
    if language not in COST:
        return None
    if (cost := cost_of(code, language)) > env.setdefault("code_cost_left", MOST_COST):
        return None
    env["code_cost_left"] -= cost
    pieces = list(_pieces(code, language))
    coloured = sum(name != "" for name, _ in pieces)
    # A lexer must neither add nor lose anything.
    if (
        coloured > env.setdefault("code_pieces_left", _MOST_PIECES)
        or "".join(text for _, text in pieces) != code
    ):
        return None
    env["code_pieces_left"] -= coloured
    return "".join(
        f'<span class="{name}">{escape(text, quote=False)}</span>'
        if name
        else escape(text, quote=False)
        for name, text in pieces
    )


def _pieces(code: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield (class or "", text) with neighbours of one class joined."""
    tokens = _lexer(language).get_tokens(code)
    for name, group in groupby(tokens, key=lambda token: _class_of(token[0])):
        yield name, "".join(text for _, text in group)


@cache
def _lexer(language: str) -> Lexer:
    return get_lexer_by_name(language, stripnl=False, ensurenl=False)


@cache
def _class_of(kind: Any) -> str:
    while kind is not None:
        if kind in _CLASSES:
            return _CLASSES[kind]
        kind = kind.parent
    return ""
