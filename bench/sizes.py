"""The sizes of the site that is measured, and who is who on it."""

from dataclasses import dataclass

# How many each kind of reader follows, and how often those write.
FOLLOWED = (10, 100, 1000, 5000)
KINDS = ("active", "inactive", "mixed")


@dataclass(frozen=True)
class Reader:
    """One of the last members, who follows ``count`` people of one kind."""

    kind: str
    count: int
    pk: int


@dataclass(frozen=True)
class Size:
    name: str
    members: int
    posts: int
    comments: int
    # Beside those of the celebrity and of the readers.
    follows: int

    # Followed by every second member; who wrote most, too.
    celebrity = 1

    @property
    def database(self) -> str:
        return f"flasky_bench_{self.name}"

    @property
    def hot_post(self) -> int:
        """The post on which every 200th comment is."""
        return self.posts * 49 // 50

    @property
    def plain_post(self) -> int:
        return self.posts * 9 // 10

    @property
    def plain_member(self) -> int:
        """Somebody with one or two pages of posts."""
        return self.members // 20 + 1

    @property
    def moderator(self) -> int:
        return self.members // 10

    @property
    def newcomer(self) -> int:
        """Somebody who follows nobody."""
        return self.members - len(KINDS) * len(FOLLOWED)

    @property
    def readers(self) -> list[Reader]:
        pairs = [(kind, count) for kind in KINDS for count in FOLLOWED]
        return [
            Reader(kind, count, self.members - place)
            for place, (kind, count) in enumerate(pairs)
        ]


SIZES = {
    size.name: size
    for size in (
        Size("small", 10_000, 100_000, 300_000, 184_000),
        Size("large", 200_000, 5_000_000, 10_000_000, 4_980_000),
    )
}
