"""``@name`` becomes a link to whoever bears that name."""

import re
from collections.abc import Callable, Iterable, Mapping

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from .texts import link_tokens, plain_texts, replace_plain_texts, text_token

# Takes names in lower case and returns the addresses of those who exist.
FindPeople = Callable[[frozenset[str]], Mapping[str, str]]

# Neither part of an e-mail address, of a path or of a name on another site.
# Neither part of an e-mail address, of a path or of a name on another site.
_MENTION = re.compile(r"(?<![\w@./+-])@([A-Za-z][A-Za-z0-9_.]{0,63}+)(?![@\w]|[/-]\w)")
# Who calls more names than this in one text calls nobody. Each link is work for bleach.
_MOST = 1000


def mentions(parser: MarkdownIt) -> None:
    parser.core.ruler.after("bare_links", "mentions", _link_mentions)


def names_in(text: str) -> set[str]:
    """Return in lower case whom ``text`` may mention, if it is not code or a link."""
    return _names(_MENTION.finditer(text))


def _names(matches: Iterable[re.Match[str]]) -> set[str]:
    written = {match[1].lower() for match in matches}
    return {reading for name in written for reading in _readings(name)}


def _readings(name: str) -> tuple[str, str, str]:
    """Return what may be meant, the longest first.

    A name may end in full stops, and so may the sentence in which it is the last word.
    """
    return name, name.removesuffix("."), name.rstrip(".")


def _link_mentions(state: StateCore) -> None:
    find_people = state.env["find_people"]
    if find_people is None or "@" not in state.src:
        return
    texts = plain_texts(state)
    matches = [match for text in texts for match in _MENTION.finditer(text.content)]
    if 0 < len(matches) <= _MOST:
        people = find_people(frozenset(_names(matches)))
        replace_plain_texts(state, lambda text: _split(text, people))


def _split(text: str, people: Mapping[str, str]) -> list[Token] | None:
    tokens: list[Token] = []
    start = 0
    for match in _MENTION.finditer(text):
        for name in _readings(match[1]):
            if address := people.get(name.lower()):
                tokens += text_token(text[start : match.start()])
                tokens += link_tokens(address, f"@{name}", **{"class": "mention"})
                start = match.start(1) + len(name)
                break
    return [*tokens, *text_token(text[start:])] if tokens else None
