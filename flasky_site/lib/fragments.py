"""Parts of pages that are made once for what they show.

A function marked ``remembered`` makes a part of the plain values it is given and of
nothing else: no request, no row, no clock. Its values are the version of what it made,
so that nothing needs to be invalidated, and nobody can get what was made for others but
where it is the same to the last byte. ``{% part "a.html" name=value %}`` is an
``include … only`` that is remembered. See docs/decisions/0028-parts-made-once.md.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import astuple, is_dataclass
from datetime import date, datetime
from functools import update_wrapper
from threading import Lock
from typing import Any, Generic, ParamSpec

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

Values = ParamSpec("Values")

# Characters in all parts of a process and the values they were made of: of posts of 60
# words, 3,000. What is longer than a hundredth of that is made anew each time.
ROOM = 8_000_000
LONGEST = ROOM // 100
# What Python takes to keep a part, however short it is: without it, half a million of
# short ones found room, and took 440 MB.
_EACH = 600
_PLAIN = (str, int, date, datetime, type(None))


class _Store:
    """The parts that were asked for last, as many as there is room for."""

    def __init__(self) -> None:
        self._parts: OrderedDict[Hashable, tuple[SafeString, int]] = OrderedDict()
        self._used = 0
        # Threads of one process share it.
        self._lock = Lock()

    def find(self, key: Hashable) -> SafeString | None:
        with self._lock:
            if (found := self._parts.get(key)) is None:
                return None
            self._parts.move_to_end(key)
            return found[0]

    def keep(self, key: Hashable, part: SafeString, size: int) -> None:
        with self._lock:
            if size > LONGEST or key in self._parts:
                return
            self._parts[key] = part, size
            self._used += size
            while self._used > ROOM:
                _key, (_part, freed) = self._parts.popitem(last=False)
                self._used -= freed

    def clear(self) -> None:
        with self._lock:
            self._parts.clear()
            self._used = 0


_store = _Store()
forget_all = _store.clear


def remembered(make: Callable[Values, SafeString]) -> "Remembered[Values]":
    """Keep what ``make`` returns for its values, in each process for itself.

    They are text, numbers, dates and None, and tuples and frozen dataclasses of these;
    TypeError for others.
    """
    return Remembered(make)


class Remembered(Generic[Values]):
    """A function that makes a part of a page once for its values."""

    def __init__(self, make: Callable[Values, SafeString]) -> None:
        self.make = make
        update_wrapper(self, make)

    def __call__(self, *values: Values.args, **named: Values.kwargs) -> SafeString:
        # Whoever develops changes templates while the process runs.
        if settings.DEBUG:
            return self.make(*values, **named)
        return self._recall(get_language(), values, named)

    def each(self, rows: Iterable[Any]) -> list[SafeString]:
        """Return the part for each of ``rows``, where a part is made of one value."""
        if settings.DEBUG:
            return [self.make(row) for row in rows]  # type: ignore[call-arg]
        # To ask for the language takes longer than to find the part.
        language = get_language()
        return [self._recall(language, (row,), {}) for row in rows]

    def _recall(
        self, language: str | None, values: tuple[Any, ...], named: dict[str, Any]
    ) -> SafeString:
        given = (*values, *named.items())
        # A text that says it is safe equals one that does not and is escaped.
        types = (*map(type, values), *map(type, named.values()))
        key = (self, language, given, types)
        part = _store.find(key)
        if part is None:
            size = _EACH + sum(_sizes((*values, *named.values())))
            part = self.make(*values, **named)
            _store.keep(key, part, size + len(part))
        return part


@remembered
def _made(template_name: str, **values: Any) -> SafeString:
    return render_to_string(template_name, values)


@register.simple_tag(name="part")
def show_part(template_name: str, **values: Any) -> SafeString:
    """Return ``template_name`` filled with ``values`` alone."""
    return _made(template_name, **values)


# What stands for the token in a part that is kept. Nobody is sent it, so that nobody
# can write it into what a part shows.
_TOKEN = secrets.token_hex(32)


@register.simple_tag(takes_context=True, name="form_part")
def show_form_part(context: Context, template_name: str, **values: Any) -> SafeString:
    """Return what ``part`` does, with the reader's token in its forms."""
    # Pages that are made without a request have none, and no forms.
    if not (token := context.get("csrf_token")):
        return _made(template_name, **values)
    part = _made(template_name, csrf_token=_TOKEN, **values)
    return SafeString(part.replace(_TOKEN, escape(token)))


def _sizes(values: Iterable[Any], *, is_inside: bool = False) -> Iterator[int]:
    """Yield how much room each of ``values`` takes; TypeError for what is not plain."""
    for value in values:
        if is_dataclass(value) and not isinstance(value, type):
            yield from _sizes(astuple(value), is_inside=True)
        elif isinstance(value, tuple):
            yield from _sizes(value, is_inside=True)
        elif not isinstance(value, _PLAIN) or (
            is_inside and isinstance(value, SafeString)
        ):
            raise TypeError(f"Not a plain value: {type(value).__name__}")
        else:
            yield len(value) if isinstance(value, str) else 1
