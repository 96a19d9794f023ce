"""Lists of things to do: ``- [ ] this`` and ``- [x] that``.

The plugin looks for the beginning of a list anew for each of its items. It makes
checkboxes too, which feed readers drop and nobody can tick; a character stays.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_MARK = re.compile(r"\[([ xX])\]\s+(?=\S)")
_MARKS = {" ": ("☐", "To do"), "x": ("☑", "Done")}
_LISTS = frozenset({"bullet_list", "ordered_list"})


def tasks(parser: MarkdownIt) -> None:
    parser.core.ruler.after("inline", "tasks", _mark_tasks)


def _mark_tasks(state: StateCore) -> None:
    lists: list[Token] = []
    item = None
    for token, before in zip(state.tokens[1:], state.tokens, strict=False):
        if before.type.removesuffix("_open") in _LISTS:
            lists.append(before)
        elif before.type.removesuffix("_close") in _LISTS:
            lists.pop()
        elif before.type == "list_item_open":
            item = before if token.type == "paragraph_open" else None
        elif before.type == "paragraph_open" and item is not None:
            if _mark(token):
                item.attrSet("class", "task")
                lists[-1].attrSet("class", "tasks")
            item = None


def _mark(inline: Token) -> bool:
    """Put a mark in place of the brackets that ``inline`` begins with, if it does."""
    children = inline.children or []
    if not children or children[0].type != "text":
        return False
    match = _MARK.match(inline.content)
    if match is None or not children[0].content.startswith(match[0].rstrip()):
        return False
    sign, words = _MARKS[match[1].lower()]
    # Without the role and its name some screen readers pass over the sign.
    attributes = {"class": "mark", "role": "img", "aria-label": words}
    mark = Token("task_open", "span", 1, attrs={**attributes})
    children[0].content = children[0].content.removeprefix(match[0].rstrip())
    inline.children = [
        mark,
        Token("text", "", 0, content=sign),
        Token("task_close", "span", -1),
        *children,
    ]
    return True
