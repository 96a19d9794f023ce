"""The one renderer: Markdown in, safe HTML out.

Nothing else in the project calls markdown-it, Pygments or bleach. markdown-it-py runs
with raw HTML off, and bleach keeps a short list of tags behind it, so that either alone
would do. It knows no members: who is mentioned comes in as a function.
"""

import re
import threading
from hashlib import blake2b
from typing import Any

from markdown_it import MarkdownIt

from .cleaning import new_cleaner
from .headings import fit_headings, flatten_headings
from .mentions import FindPeople
from .parsing import new_parser

# Halves of characters, which no encoding can write.
_SURROGATE = re.compile("[\ud800-\udfff]")
# These turn around what anybody reads, links and code too. Marks, embeddings and
# isolates stay, since who writes Hebrew or Arabic needs them.
_OVERRIDE = re.compile("[\u202d\u202e]")
# The line breaks that markdown-it puts around lists, quotes and tables for those who
# read HTML are a third of what bleach would have to parse.
_BETWEEN_BLOCKS = re.compile(
    r"(</?(?:ul|ol|li|blockquote|div|table|thead|tbody|tr|td|th)(?: [^>]*)?>)\n"
)

# The bleach parser keeps state while it cleans, so threads do not share one.
_local = threading.local()


def render_markdown(
    text: str, *, brief: bool = False, find_people: FindPeople | None = None
) -> str:
    """Return ``text`` as sanitised HTML, which templates may print as it is.

    ``brief`` texts have neither headings nor tables. ``find_people`` is called once,
    and not at all for a text that mentions nobody.
    """
    if not hasattr(_local, "cleaner"):
        _local.parsers = {brief: new_parser(brief=brief) for brief in (False, True)}
        _local.cleaner = new_cleaner()
    text = _OVERRIDE.sub("", _SURROGATE.sub("\ufffd", text))
    # Several texts stand on one page, and the same text has the same HTML everywhere.
    namespace = blake2b(text.encode(), digest_size=6).hexdigest()
    environment = {"find_people": find_people, "namespace": namespace}
    blocks = _render_blocks(_local.parsers[brief], text, environment, brief=brief)
    different = set(blocks)
    # Cleaning costs most of the time. A text that says the same thousands of times,
    # which only a hostile one does, is cleaned once for each thing it says.
    if len(different) < len(blocks) // 4:
        clean = {block: _local.cleaner.clean(block) for block in different}
        return "".join(clean[block] for block in blocks)
    html: str = _local.cleaner.clean("".join(blocks))
    return html


def _render_blocks(
    parser: MarkdownIt, text: str, environment: dict[str, Any], *, brief: bool
) -> list[str]:
    """Return the HTML of each paragraph, list, quote and so on at the top level."""
    tokens = parser.parse(text, environment)
    (flatten_headings if brief else fit_headings)(tokens)
    blocks, start = [], 0
    for end, token in enumerate(tokens, start=1):
        if token.level == 0 and token.nesting <= 0:
            html = parser.renderer.render(
                tokens[start:end], parser.options, environment
            )
            blocks.append(_BETWEEN_BLOCKS.sub(r"\1", html))
            start = end
    return blocks
