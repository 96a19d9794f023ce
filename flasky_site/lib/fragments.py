"""Parts of pages that are made once for what they show.

A function marked ``remembered`` makes a part of the plain values it is given and of
nothing else: no request, no row, no clock. Its values are the version of what it made,
so that nothing needs to be invalidated, and nobody can get what was made for others but
where it is the same to the last byte. ``{% part "a.html" name=value %}`` is an
``include … only`` that is remembered. See docs/decisions/0028-parts-made-once.md.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import astuple, is_dataclass
from datetime import date, datetime
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec

from django import template
from django.conf import settings
from django.template.loader import render_to_string
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


def remembered(make: Callable[Values, SafeString]) -> Callable[Values, SafeString]:
    """Keep what ``make`` returns for its values, in each process for itself.

    They are text, numbers, dates and None, and tuples and frozen dataclasses of these;
    TypeError for others.
    """

    @wraps(make)
    def recall(*values: Values.args, **named: Values.kwargs) -> SafeString:
        # Whoever develops changes templates while the process runs.
        if settings.DEBUG:
            return make(*values, **named)
        given = (*values, *named.items())
        # A text that says it is safe equals one that does not and is escaped.
        types = (*map(type, values), *map(type, named.values()))
        key = (make, get_language(), given, types)
        part = _store.find(key)
        if part is None:
            size = _EACH + sum(_sizes((*values, *named.values())))
            part = make(*values, **named)
            _store.keep(key, part, size + len(part))
        return part

    return recall


@register.simple_tag(name="part")
@remembered
def show_part(template_name: str, **values: Any) -> SafeString:
    """Return ``template_name`` filled with ``values`` alone."""
    return render_to_string(template_name, values)


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
