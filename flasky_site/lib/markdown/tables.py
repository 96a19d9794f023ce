"""Tables of GitHub's kind, as many cells as a reader could take in."""

from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import table

# Cells of all tables in a text together. A row of one sign can stand for hundreds of
# cells that the header asks for, so their number is known before any is made.
_MOST_CELLS = 3000
_CLASSES = {
    "text-align:left": "start",
    "text-align:center": "center",
    "text-align:right": "end",
}


def tables(parser: MarkdownIt) -> None:
    parser.enable("table")
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    # A wide table scrolls by itself, so that the page does not.
    parser.add_render_rule("table_open", _render_open)
    parser.add_render_rule("table_close", _render_close)


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Make a table as markdown-it does; one too large stays the text it is."""
    if start < state.env.get("no_table_before", 0) or not table(
        state, start, end, True
    ):
        return False
    cells, after = _count_cells(state, start, end)
    if cells > state.env.setdefault("cells_left", _MOST_CELLS):
        state.env["no_table_before"] = after
        return False
    if not silent:
        first = len(state.tokens)
        table(state, start, end, False)
        state.env["cells_left"] -= cells
        for token in state.tokens[first:]:
            _align(token)
    return True


def _count_cells(state: StateBlock, start: int, end: int) -> tuple[int, int]:
    """Return how many cells the table has at most, and the line after it."""
    after = start
    while after < end and not state.isEmpty(after):
        after += 1
    header = state.src[state.bMarks[start] : state.eMarks[start]]
    # A row costs about what a cell does.
    return (header.count("|") + 2) * (after - start), after


def _align(token: Any) -> None:
    """Say by a class what markdown-it says by a style, which our policy forbids."""
    if token.tag == "th" and token.nesting == 1:
        token.attrSet("scope", "col")
    if style := token.attrs.pop("style", None):
        token.attrSet("class", _CLASSES[style])


def _render_open(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    return '<div class="scroller">\n<table>\n'


def _render_close(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    return "</table>\n</div>\n"
