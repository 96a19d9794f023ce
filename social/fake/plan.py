"""Who does what on a made-up site, and when: numbers alone, before any row is made.

Days are counted from the moment at which the first member joins. Members, posts and
comments are numbered from 0 in the order of time.
"""

import math
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

DAYS = 730.0
# The first post is written on the day after the first member joined.
_FIRST_POST = 1.0
# How lively the busiest hour is, against the quietest: 1 / 0.3 to 1 / 1.7. It is the
# hour at which all ends, so that there is something new to be seen.
_RHYTHM = 0.7
_SHIFT = _RHYTHM / math.tau
# Below 1: the site grows, so that more happens towards its end.
_GROWTH = 0.6
# Above 1: those who joined first are busier, and so much more popular.
_BUSY = 2.0
_POPULAR = 3.0
# One post of so many is talked about, and gets half of all comments.
_TALKED_ABOUT = 12


@dataclass(frozen=True)
class Size:
    """How many rows of each kind; ValueError says what cannot be."""

    members: int
    posts: int
    comments: int
    follows: int

    def __post_init__(self) -> None:
        for what, number in vars(self).items():
            if number < 0:
                raise ValueError(f"There cannot be {number} {what}.")
        if self.posts and not self.members:
            raise ValueError("Posts need members who write them.")
        if self.comments and not self.posts:
            raise ValueError("Comments need posts that they are about.")
        most = max(0, self.members * (self.members - 1))
        if self.follows > most:
            raise ValueError(
                f"Among {self.members} members there can be {most} follows at most, "
                f"and not {self.follows}."
            )


@dataclass(frozen=True)
class Plan:
    joined: "array[float]"
    last_seen: "array[float]"
    posted: "array[float]"
    post_authors: "array[int]"
    commented: "array[float]"
    comment_authors: "array[int]"
    comment_posts: "array[int]"
    # Each a day, who follows, and whom.
    follows: list[tuple[float, int, int]]


def make_plan(size: Size, random: Random) -> Plan:
    """Return what happens on a site of that size, the same for equal randomness."""
    joined = array("d", rising_days(random, size.members, 0.0))
    posted = array("d", rising_days(random, size.posts, _FIRST_POST))
    post_authors = array("q", (pick_writer(random, joined, day) for day in posted))
    # Neither the first member nor the first post is left to chance, so that whatever
    # follows has somebody and something before it.
    commented = array("d", rising_days(random, size.comments + 1, _FIRST_POST))[1:]
    comment_posts = array("q", (pick_post(random, posted, day) for day in commented))
    comment_authors = array(
        "q",
        (
            post_authors[post]
            if random.random() < 0.2
            else pick_writer(random, joined, day)
            for day, post in zip(commented, comment_posts, strict=True)
        ),
    )
    follows = sorted(plan_follows(random, joined, size.follows))
    last_seen = array("d", joined)
    for days, members in [
        (posted, post_authors),
        (commented, comment_authors),
        ([day for day, *_ in follows], [follower for _, follower, _ in follows]),
    ]:
        note_last(last_seen, days, members)
    return Plan(
        joined=joined,
        last_seen=array("d", (stay_a_while(random, day) for day in last_seen)),
        posted=posted,
        post_authors=post_authors,
        commented=commented,
        comment_authors=comment_authors,
        comment_posts=comment_posts,
        follows=follows,
    )


def rising_days(random: Random, count: int, first: float) -> Iterator[float]:
    """Yield ``count`` days from ``first`` on, each later than the one before it."""
    position = 0.0
    for left in range(count, 0, -1):
        if left == count:
            yield first
            continue
        # The least of ``left`` numbers that are spread evenly over what remains.
        position += (1 - position) * (1 - random.random() ** (1 / left))
        low, high = first + _SHIFT, DAYS - _SHIFT
        yield by_day(low + (high - low) * position**_GROWTH)


def by_day(day: float) -> float:
    """Move a moment towards the busiest hour, by ``_SHIFT`` at most, and past none."""
    return day - _SHIFT * math.sin(math.tau * day)


def pick_early(random: Random, count: int, bias: float) -> int:
    """Return a number below ``count``, mostly a small one."""
    return int(count * random.random() ** bias)


def pick_writer(random: Random, joined: "array[float]", day: float) -> int:
    """Return one of those who are members on that day."""
    return pick_early(random, bisect_right(joined, day), _BUSY)


def pick_post(random: Random, posted: "array[float]", day: float) -> int:
    """Return a post that somebody comments on that day, mostly one of some hours."""
    age = random.lognormvariate(math.log(0.25), 1.5)
    post = max(0, bisect_left(posted, day - age) - 1)
    return post - post % _TALKED_ABOUT if random.random() < 0.5 else post


def plan_follows(
    random: Random, joined: "array[float]", count: int
) -> Iterator[tuple[float, int, int]]:
    """Yield ``count`` follows, no two of them alike."""
    shares = share_out(random, count, len(joined))
    for follower, share in enumerate(shares):
        for followed in pick_followed(random, follower, share, len(joined)):
            earliest = max(joined[follower], joined[followed])
            yield random.uniform(earliest, DAYS), follower, followed


def share_out(random: Random, total: int, members: int) -> "array[int]":
    """Say how many each member follows: most a few, and a few many."""
    shares = array("q", bytes(8 * members))
    weights = [random.paretovariate(1.5) for _ in range(members)]
    while total:
        free = [number for number in range(members) if shares[number] < members - 1]
        random.shuffle(free)
        scale = total / sum(weights[number] for number in free)
        for number in free:
            room = min(total, members - 1 - shares[number])
            more = min(room, math.ceil(scale * weights[number]))
            shares[number] += more
            total -= more
    return shares


def pick_followed(
    random: Random, follower: int, share: int, members: int
) -> Iterable[int]:
    """Return ``share`` others, mostly those who are popular."""
    if share * 4 < members:
        chosen: dict[int, None] = {}
        while len(chosen) < share:
            number = pick_early(random, members, _POPULAR)
            if number != follower:
                chosen[number] = None
        return chosen
    # So many that drawing lots would mostly draw the same again.
    others = [number for number in range(members) if number != follower]
    random.shuffle(others)
    others.sort(key=lambda number: random.random() * (number + 1))
    return others[:share]


def note_last(
    last_seen: "array[float]", days: Iterable[float], members: Iterable[int]
) -> None:
    for day, member in zip(days, members, strict=True):
        last_seen[member] = max(last_seen[member], day)


def stay_a_while(random: Random, day: float) -> float:
    """Return when somebody left for good who did something on that day."""
    return day + (DAYS - day) * random.random() ** 2
