"""Addresses that stand in a text without any brackets become links."""

import re

from linkify_it import LinkifyIt
from linkify_it.main import Match
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from .texts import link_tokens, replace_plain_texts, text_token

# No link has a space in it, so looking at words is enough, and how long a word may be
# bounds what the patterns of linkify-it, which look back and forth, can cost.
_LONGEST = 1000
_WORD = re.compile(r"\S+")
_SCHEME = re.compile(r"(?<![a-z0-9.+-])https?\Z", re.IGNORECASE)
_WORTH_A_LOOK = re.compile(r"@|\.[a-z]", re.IGNORECASE)
# What looks like a domain is one where it ends like this or begins with www. Of the
# two-letter ones too many are the end of a file's name: setup.py, README.md, run.sh.
_DOMAIN = re.compile(
    r"www\.|[^/?#:]+\.(?:com|edu|gov|info|net|org)(?![^/?#:])", re.IGNORECASE
)


class _LinkFinder(LinkifyIt):
    def normalize(self, match: Match) -> None:
        super().normalize(match)
        if not match.schema:
            match.url = f"https://{match.raw}"


def _new_finder() -> LinkifyIt:
    finder = _LinkFinder()
    for schema in ("//", "ftp:"):
        finder.add(schema, None)
    return finder


# It only reads its patterns, so threads may share it.
_finder = _new_finder()


def bare_links(parser: MarkdownIt) -> None:
    # Before emphasis, since an address may have stars and underscores in it.
    parser.inline.ruler.after("text", "bare_links", _link_scheme)
    parser.core.ruler.after("inline", "bare_links", _link_words)


def _link_scheme(state: StateInline, silent: bool) -> bool:
    """Make a link of what begins with http:// or https://."""
    if state.linkLevel > 0 or not state.src.startswith("://", state.pos):
        return False
    scheme = _SCHEME.search(state.pending, max(len(state.pending) - 6, 0))
    word = _WORD.match(state.src, state.pos)
    if scheme is None or word is None or word.end() - word.start() > _LONGEST:
        return False
    start = state.pos - len(scheme[0])
    match = _finder.match_at_start(state.src[start : word.end()])
    # Stars at the end are emphasis that ends here.
    if match is None or not (address := _address(state.md, match.url.rstrip("*"))):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[0])]
        content = state.md.normalizeLinkText(match.text.rstrip("*"))
        for token in link_tokens(address, content):
            state.push(token.type, token.tag, token.nesting)
            state.tokens[-1].attrs, state.tokens[-1].content = (
                token.attrs,
                token.content,
            )
    state.pos = start + len(match.text.rstrip("*"))
    return True


def _link_words(state: StateCore) -> None:
    """Make links of domains and e-mail addresses."""
    if _WORTH_A_LOOK.search(state.src):
        replace_plain_texts(state, lambda text: _split(text, state.md))


def _split(text: str, parser: MarkdownIt) -> list[Token] | None:
    tokens: list[Token] = []
    start = 0
    for word in _WORD.finditer(text):
        if len(word[0]) > _LONGEST or not _WORTH_A_LOOK.search(word[0]):
            continue
        for match in _finder.match(word[0]) or []:
            is_sure = match.schema or _DOMAIN.match(match.raw)
            if is_sure and (address := _address(parser, match.url)):
                tokens += text_token(text[start : word.start() + match.index])
                tokens += link_tokens(address, match.text)
                start = word.start() + match.last_index
    return [*tokens, *text_token(text[start:])] if tokens else None


def _address(parser: MarkdownIt, url: str) -> str | None:
    address: str = parser.normalizeLink(url)
    return address if parser.validateLink(address) else None
