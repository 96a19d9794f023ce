"""What each page may cost: the budgets that the design was measured to keep.

They are for 5,000,000 posts, 10,000,000 comments and 5,000,000 follows on PostgreSQL.
"""

from dataclasses import dataclass

from bench.sizes import FOLLOWED, KINDS

# Whoever is signed in is found first, in one query on top of those of a target: their
# session with themselves and what they may do.
WHO = 1
# Of the processor, for a page of somebody who is signed in.
CPU_MILLISECONDS = 6
# The median may grow by this much more than buffers do: it is never the same twice.
GROWTH_OF_TIME = 0.1


@dataclass(frozen=True)
class Target:
    """The most that a page may cost at the large size, when nothing of it is cached.

    ``queries``, ``buffers`` (pages of 8 kB) and ``milliseconds`` are what the database
    does to find what the page shows. ``growth`` is that of the buffers, from the small
    size to the large one.
    """

    queries: int
    buffers: int | None = None
    growth: float | None = None
    milliseconds: float | None = None


_HOME = Target(2, 120, 2.0, 5)
_DEEP = Target(2, 220, 1.6, 5)
_PROFILE, _PROFILE_DEEP = Target(3, 100, 1.6, 4), Target(3, 260, 5.0, 8)
_THREAD = Target(3, 260, 1.6, 4)
# No buffers were set for these, but they must not grow either.
_LEVEL = Target(7, None, 2.0)
_TIMELINES = {
    10: Target(5, 800, 2.0, 10),
    100: Target(5, 800, 2.0, 10),
    1000: Target(5, 4000, None, 16),
    # Bounded by how many one may follow, and not by the size of the site.
    5000: Target(5, 18_000, None, 35),
}

TARGETS = {
    "home": _HOME,
    "home, page 100": _DEEP,
    "home, middle page": _DEEP,
    "home, last page": _DEEP,
    "profile": _PROFILE,
    "profile, most posts": _PROFILE,
    "profile, most posts, middle page": _PROFILE_DEEP,
    "profile, most posts, last page": _PROFILE_DEEP,
    "post": _THREAD,
    "post, longest thread": _THREAD,
    "post, longest thread, middle page": Target(3, 360, 1.6, 6),
    # 120 was set for a page of twelve comments; a full one costs what the first does.
    "post, longest thread, last page": _THREAD,
    "followers": _LEVEL,
    "followers, last page": _LEVEL,
    "people": _LEVEL,
    "people, found by a letter": _LEVEL,
    "home, signed in": _HOME,
    "profile, signed in": _PROFILE,
    "post, signed in": _THREAD,
    **{
        f"timeline, {count:,} {kind}": _TIMELINES[count]
        for kind in KINDS
        for count in FOLLOWED
    },
    "timeline, 1,000 inactive": Target(5, 4000, 1.3, 16),
    "API, list of posts": _HOME,
    "API, one post": _LEVEL,
    "desk, list of comments": _LEVEL,
    "desk, list of comments, page 100": _LEVEL,
    "comments to moderate": _LEVEL,
}

# Of `make bench-pages`: how many times as many requests a second as Flasky's original
# did on the same data, on one machine: 26, 23, 102, ... a second.
ORIGINAL = {
    "home": 26,
    "profile": 23,
    "post": 102,
    "home, signed in": 13,
    "home, signed in, Followed": 13,
    "profile, signed in": 23,
    "post, signed in": 102,
    "API, list of posts": 29,
    "API, one post": 300,
}
LEAST_MULTIPLES = {
    "home": 20,
    "profile": 20,
    "post": 20,
    "home, signed in": 15,
    "home, signed in, Followed": 15,
    "profile, signed in": 10,
    "post, signed in": 3,
    "API, list of posts": 8,
    "API, one post": 2,
}
# Of the requests a second of a bare Django view that returns the same bytes as home.
LEAST_SHARE_OF_BARE = 0.7
# After 10,000 requests.
WORKER_MEGABYTES, MANY_REQUESTS = 150, 10_000
