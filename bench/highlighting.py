"""Time every lexer on code made to be slow: ``python -m bench.highlighting [SEED]``.

Each language gets as much code as the renderer lets through, in shapes that lexers
look back and forth in. Prints the worst in milliseconds of CPU as each is found, which
takes some minutes for all, and at the end those that passed 250: none may, so that the
rest of a text has as much again.
"""

import os
import platform
import random
import sys
import time
from bisect import bisect_right

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flasky_site.settings.dev")
django.setup()

from pygments.lexers import get_lexer_by_name  # noqa: E402

from flasky_site.lib.markdown import render_markdown  # noqa: E402
from flasky_site.lib.markdown.highlighting import COST, MOST_COST, cost_of  # noqa: E402

LIMIT = 250
PIECES = [
    *"\"'`#([{<\\a1 \n=@%|&/+-:;,.)}>]é$!?*",
    *["/*", "*/", "<!--", "$(", "${", '"""', "->", "a.", "a:", "<<E\n", "- ", "r'"],
    *['f"{', "//", "<a ", "</", "<?php ", "{{", "{%", "def a", "class a", "a<", "a("],
    *["0x", "1e", "::", "import a", "a b", "#{", "q{", "m/", "=~/", "%w(", "@@", "$a"],
    *["template<", "SELECT ", "a=>", "key: |\n  ", '\\"', "\\'", "]]", "\u202e", "\t"],
    # Lines without anything that ends a statement, and empty ones.
    *["a\n", "a b\n", "a\n\n\n\n\n", "\n ", "{\n"],
]


def shapes(seed: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311
    mixed = ["".join(chance.choices(PIECES, k=chance.randint(2, 3))) for _ in PIECES]
    return [*PIECES, *mixed]


def milliseconds(language: str, shape: str) -> float:
    code = shape * MOST_COST
    # What is over would stay plain, and cost nothing.
    lengths = range(MOST_COST // COST[language])
    most = bisect_right(
        lengths, MOST_COST, key=lambda length: cost_of(f"{code[:length]}\n", language)
    )
    code = code[: most - 1]
    start = time.process_time()
    render_markdown(f"~~~~~~~~{language}\n{code}\n~~~~~~~~")
    return (time.process_time() - start) * 1000


def main() -> None:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    tried = shapes(seed)
    # Several names lead to one lexer.
    languages = {get_lexer_by_name(name).name: name for name in COST}
    print(f"Python {platform.python_version()}, {platform.machine()}, seed {seed}")
    slow = []
    for language in languages.values():
        cost, shape = max((milliseconds(language, shape), shape) for shape in tried)
        print(f"{cost:7.1f} ms  {language}  {shape!r}", flush=True)
        if cost > LIMIT:
            slow.append(language)
    if slow:
        sys.exit(f"More than {LIMIT} ms: {', '.join(slow)}")


if __name__ == "__main__":
    main()
