"""What made-up members say about themselves, and the Markdown that they write."""

import re
from random import Random

from faker import Faker
from faker.generator import Generator

# Each has names in its own script and a lorem ipsum of its own; English several times.
LANGUAGES = [
    *["en_US"] * 6,
    *["de_DE", "fr_FR", "es_ES", "pl_PL", "vi_VN"],
    *["el_GR", "ru_RU", "uk_UA", "ja_JP", "zh_CN", "ar_AA", "he_IL"],
]
_SNIPPETS = [
    ("python", 'def {0}(pages):\n    return [page for page in pages if "{1}" in page]'),
    ("sh", "grep --recursive {0} . | sort | uniq --count > {1}.txt"),
    ("sql", "SELECT {0}, count(*)\nFROM {1}\nGROUP BY {0}\nORDER BY 2 DESC;"),
    ("", "{0}: 3\n{1}: 14"),
]


class Voice:
    """One language, which speaks through the randomness of all."""

    def __init__(self, language: str, random: Random) -> None:
        self.random = random
        generator = Generator()
        generator.random = random
        self._faker = Faker(language, generator=generator)

    def username(self) -> str:
        """Return what their username might be, which may be taken."""
        typed = re.sub(r"[^a-z0-9_.]", "_", self._faker.user_name().lower())
        return typed if typed[:1].isalpha() else f"the_{typed}"

    def name(self) -> str:
        return self._faker.name()[:64].strip() if self._happens(0.85) else ""

    def location(self) -> str:
        return self._faker.city()[:64].strip() if self._happens(0.7) else ""

    def about_me(self) -> str:
        if not self._happens(0.7):
            return ""
        return f"{self._faker.job()}. {self._sentences(1, 3)}"

    def post(self, mention: str = "") -> str:
        """Return Markdown between a line and some pages; ``mention`` is a username."""
        kind = self.random.random()
        if kind < 0.5:
            text = self._note()
        elif kind < 0.85:
            text = self._entry()
        else:
            text = self._essay()
        return self._mentioning(text, mention)

    def comment(self, mention: str = "") -> str:
        text = self._sentences(1, 4)
        if self._happens(0.1):
            text = f"{self._quote()}\n\n{text}"
        if self._happens(0.05):
            text = f"{text}\n\n{self._code()}"
        return f"@{mention}: {text}" if mention else text

    def _note(self) -> str:
        text = self._sentences(1, 3)
        return f"{text} {self._link()}" if self._happens(0.2) else text

    def _entry(self) -> str:
        paragraphs = [self._paragraph() for _ in range(self.random.randint(2, 4))]
        if self._happens(0.6):
            ornament = self.random.choice([self._list, self._quote, self._code])
            paragraphs.insert(self.random.randint(1, len(paragraphs)), ornament())
        return "\n\n".join(paragraphs)

    def _essay(self) -> str:
        sections = [self._paragraph()]
        for _ in range(self.random.randint(2, 5)):
            sections += [f"## {self._title()}", self._entry()]
        return "\n\n".join([*sections, self._link()])

    def _paragraph(self) -> str:
        words = self._sentences(3, 8).split(" ")
        if self._happens(0.5):
            stressed = self.random.randrange(len(words))
            word = words[stressed].rstrip(".。")
            mark = self.random.choice(["*", "**", "`"])
            words[stressed] = words[stressed].replace(word, f"{mark}{word}{mark}", 1)
        return " ".join(words)

    def _list(self) -> str:
        items = [self._title() for _ in range(self.random.randint(2, 6))]
        if self._happens(0.5):
            return "\n".join(f"- {item}" for item in items)
        return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))

    def _quote(self) -> str:
        return f"> {self._sentences(1, 2)}"

    def _code(self) -> str:
        language, snippet = self.random.choice(_SNIPPETS)
        words = self.random.sample(["bread", "heron", "varnish", "clock", "ferry"], 2)
        return f"```{language}\n{snippet.format(*words)}\n```"

    def _link(self) -> str:
        return f"[{self._title()}](https://example.org/{self.random.randrange(10**6)})"

    def _title(self) -> str:
        return self._faker.sentence(nb_words=4).rstrip(".。")

    def _sentences(self, fewest: int, most: int) -> str:
        return self._faker.paragraph(
            self.random.randint(fewest, most), variable_nb_sentences=False
        )

    def _mentioning(self, text: str, mention: str) -> str:
        return f"{text}\n\n@{mention}" if mention else text

    def _happens(self, chance: float) -> bool:
        return self.random.random() < chance
