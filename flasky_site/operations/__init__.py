"""What an operator does with the whole site: update, save and examine it."""

from collections.abc import Callable

# Tells whoever waits what is being done; a command hands in its output.
Say = Callable[[str], object]
