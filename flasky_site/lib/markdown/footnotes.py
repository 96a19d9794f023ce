"""Footnotes, whose ids are those of no other text on the page.

The plugin reads them, and the rest is done here: its own way of gathering them loses
tags where notes stand in notes, and leads back to each of thousands of references.
"""

import re
from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def, footnote_ref

from .texts import link_tokens

# The plugin looks for the end of a label as far as the text goes.
_REFERENCE = re.compile(r"\[\^[^\s\[\]]{1,60}\]")
# References in one text, each of which is work for bleach. Further ones stay as typed.
_MOST = 1000
# With the sign that keeps phones from showing an emoji.
_BACK = "\u21a9\ufe0e"


def footnotes(parser: MarkdownIt) -> None:
    parser.block.ruler.before(
        "reference", "footnote_def", _define, {"alt": ["paragraph", "reference"]}
    )
    parser.inline.ruler.before("link", "footnote_ref", _refer)
    parser.core.ruler.after("inline", "footnotes", _gather)


def _define(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    # A note in a note would be lost with the one around it. One further out ends it.
    if state.env.get("in_note") and state.sCount[start] >= state.blkIndent:
        return False
    if silent:
        return footnote_def(state, start, end, silent)
    state.env["in_note"] = True
    is_note = footnote_def(state, start, end, silent)
    state.env["in_note"] = False
    return is_note


def _refer(state: StateInline, silent: bool) -> bool:
    left = state.env.setdefault("references_left", _MOST)
    if not left or not _REFERENCE.match(state.src, state.pos):
        return False
    is_reference = footnote_ref(state, silent)
    state.env["references_left"] -= is_reference and not silent
    return is_reference


def _gather(state: StateCore) -> None:
    """Number the notes as they are referred to, and list them at the end."""
    if "footnotes" not in state.env:
        return
    state.tokens, notes = _take_out(state.tokens)
    namespace = state.env["namespace"]
    # Grows while it is read: a note may refer to further ones.
    labels: dict[str, int] = {}
    _link_references(state.tokens, labels, namespace)
    items: list[Token] = []
    for number in range(1, len(notes) + 1):
        if number > len(labels):
            break
        note = notes[list(labels)[number - 1]]
        _link_references(note, labels, namespace)
        items += _item(note, number, namespace)
    if items:
        attributes = {"class": "notes"}
        opening = Token("note_list_open", "ol", 1, attrs={**attributes}, block=True)
        closing = Token("note_list_close", "ol", -1, block=True)
        state.tokens += [opening, *items, closing]


def _take_out(tokens: Iterable[Token]) -> tuple[list[Token], dict[str, list[Token]]]:
    """Return the tokens outside of notes, and those of each note by its label."""
    outside: list[Token] = []
    notes: dict[str, list[Token]] = {}
    into = outside
    for token in tokens:
        if token.type == "footnote_reference_open":
            into = []
            # The first of two notes with one label counts, as with links.
            notes.setdefault(token.meta["label"], into)
        elif token.type == "footnote_reference_close":
            into = outside
        else:
            into.append(token)
    return outside, notes


def _link_references(
    tokens: Iterable[Token], labels: dict[str, int], namespace: str
) -> None:
    """Make links of references, and number what ``labels`` does not have yet."""
    for block in tokens:
        if not any(child.type == "footnote_ref" for child in block.children or ()):
            continue
        children: list[Token] = []
        for child in block.children or ():
            if child.type != "footnote_ref":
                children.append(child)
                continue
            is_first = (label := child.meta["label"]) not in labels
            number = labels.setdefault(label, len(labels) + 1)
            link = link_tokens(f"#note-{namespace}-{number}", str(number))
            link[0].attrSet("role", "doc-noteref")
            if is_first:
                # The one that the note leads back to.
                link[0].attrSet("id", f"ref-{namespace}-{number}")
            children += [Token("sup_open", "sup", 1), *link]
            children.append(Token("sup_close", "sup", -1))
        block.children = children


def _item(note: list[Token], number: int, namespace: str) -> list[Token]:
    """Return the tokens of a list item with the note and the way back."""
    back = link_tokens(f"#ref-{namespace}-{number}", _BACK)
    back[0].attrSet("role", "doc-backlink")
    if note and note[-1].type == "paragraph_close":
        inline = note[-2]
        inline.children = [*(inline.children or []), Token("softbreak", "br", 0), *back]
    else:
        paragraph = Token("paragraph_open", "p", 1, block=True)
        inline = Token("inline", "", 0, children=back)
        note = [*note, paragraph, inline, Token("paragraph_close", "p", -1, block=True)]
    for token in note:
        # Nothing but the list ends at the top, where the text is cut into blocks.
        token.level = max(token.level, 1)
    attributes = {"id": f"note-{namespace}-{number}"}
    opening = Token("note_open", "li", 1, attrs={**attributes}, level=1, block=True)
    return [opening, *note, Token("note_close", "li", -1, level=1, block=True)]
