"""The rows of a site of any size, in SQL that makes many at once.

Who wrote, said and follows what comes out of the number of the row alone, by a hash, so
that two sites of one size are the same, and every table can be made on its own. Members
and their posts follow a power law, and so do posts and their comments; rows that belong
together are as far apart as on a site that is years old.
"""

from dataclasses import dataclass

from django.db import connection, models
from django.db.models import NOT_PROVIDED
from psycopg import sql

from accounts import roles
from accounts.models import Decision, User
from bench.sizes import Size
from bench.texts import Writer
from blog.markdown import render_comment, render_post
from blog.models import Comment, Post, PostBlock
from blog.querysets import BLOCK_SIZE
from social.models import Follow

SEED = 8
# How many different texts there are of each kind.
TEXTS = 97
# Spreads the posts that many comment on over all ids: coprime to every size.
SCATTER = 61_803_399

# Of a hundred texts one was taken away by a moderator, and one is deleted.
TAKEN, DELETED = "{id} % 100 = 7", "{id} % 100 = 13"
AWAY = "{id} % 100 IN (7, 13)"

# Whom each kind of reader follows: their ids, rising with n. Those with even ids wrote
# nothing lately.
FOLLOWED = {
    "active": "2 * n - 1",
    "inactive": "2 * n",
    "mixed": "{members} / {count} * n - n % 2",
}


def draw(seed: int, most: int, power: int) -> str:
    """Return SQL for a number from 1 to ``most`` that comes out of n, most often 1."""
    share = f"(hashint8extended(n, {seed}) & 4503599627370495)::float8"
    return f"1 + floor({most} * power({share} / 4503599627370496, {power}))::bigint"


def moment(total: int) -> str:
    """Return SQL for the moment of row n of ``total``, in the last two years."""
    return f"now() - interval '2 years' * ({total} - n) / {total}"


@dataclass(frozen=True)
class Step:
    """Rows of one table: ``columns`` of each row n of ``source``.

    What the model has besides takes its default. ``{numbers}`` in the source stands
    for the n of one chunk.
    """

    model: type[models.Model]
    columns: dict[str, str]
    source: str
    total: int
    chunk: int = 500_000

    def statement(self, first: int, last: int) -> str:
        columns = {**self.columns, **self._defaults()}
        numbers = f"generate_series({first}::bigint, {last}) AS n"
        return (
            f"INSERT INTO {self.model._meta.db_table} ({', '.join(columns)}) "  # noqa: S608
            f"SELECT {', '.join(columns.values())} "
            f"FROM {self.source.replace('{numbers}', numbers)}"
        )

    def _defaults(self) -> dict[str, str]:
        missing = [
            field
            for field in self.model._meta.local_concrete_fields
            if field.column not in self.columns
            and not field.primary_key
            and field.db_default is NOT_PROVIDED
            and not (field.null and not field.has_default())
        ]
        return {
            str(field.column): sql.Literal(
                field.get_db_prep_save(field.get_default(), connection)
            ).as_string()
            for field in missing
        }


def texts() -> list[tuple[str, int, str, str]]:
    """Return the kind, number, Markdown and HTML of each text."""
    writer = Writer(SEED)
    return [
        (kind, number, body, render(body))
        for kind, write, render in (
            ("post", writer.paragraph, render_post),
            ("comment", writer.comment, render_comment),
        )
        for number, body in enumerate(write() for _number in range(TEXTS))
    ]


def _with_texts(kind: str, columns: str, more: str = "") -> str:
    """Return SQL for the n of a chunk in their order, with the text of each."""
    return f"""(
        SELECT n, body, body_html, {columns} FROM {{numbers}}
        JOIN bench_text ON kind = '{kind}' AND number = n % {TEXTS} {more}
        ORDER BY n) AS made"""  # noqa: S608


def comments(size: Size) -> Step:
    popular = f"({draw(1, size.posts, 2)}) * {SCATTER} % {size.posts} + 1"
    post = f"CASE WHEN n % 200 = 0 THEN {size.hot_post} ELSE {popular} END"
    return Step(
        Comment,
        {
            "id": "n",
            "post_id": "post",
            "author_id": "author",
            "body": "body",
            "body_html": "body_html",
            "created_at": moment(size.comments),
            "is_disabled": TAKEN.format(id="n"),
            "deleted_at": f"CASE WHEN {DELETED.format(id='n')} THEN now() END",
        },
        _with_texts("comment", f"{post} AS post, {draw(2, size.members, 3)} AS author"),
        size.comments,
    )


THREADS = f"""
    CREATE TABLE bench_thread AS
    SELECT post_id, count(*) FILTER (WHERE NOT {DELETED.format(id="id")}) AS places,
           count(*) FILTER (WHERE NOT {AWAY.format(id="id")}) AS shown
    FROM blog_comment GROUP BY post_id"""  # noqa: S608


def posts(size: Size) -> Step:
    is_late = f"n > {size.posts * 9 // 10}"
    return Step(
        Post,
        {
            "id": "n",
            "author_id": f"author - CASE WHEN {is_late} THEN 1 - author % 2 ELSE 0 END",
            "body": "body",
            "body_html": "body_html",
            "created_at": moment(size.posts),
            "is_hidden": TAKEN.format(id="n"),
            "deleted_at": f"CASE WHEN {DELETED.format(id='n')} THEN now() END",
            "thread_length": "coalesce(places, 0)",
            "comment_count": "coalesce(shown, 0)",
        },
        _with_texts(
            "post",
            f"places, shown, {draw(3, size.members, 3)} AS author",
            "LEFT JOIN bench_thread ON post_id = n",
        ),
        size.posts,
        chunk=250_000,
    )


def blocks(size: Size) -> Step:
    return Step(
        PostBlock,
        {"block": "block", "post_count": "post_count"},
        f"""(SELECT id / {BLOCK_SIZE} AS block, count(*) AS post_count FROM blog_post
             WHERE NOT {AWAY.format(id="id")} GROUP BY 1 ORDER BY 1) AS made""",  # noqa: S608
        total=1,
    )


def follows(size: Size) -> Step:
    """Each once and in no order, whoever they belong to."""
    last = size.newcomer - 1
    readers = "".join(
        f"""
        UNION SELECT {reader.pk}, {FOLLOWED[reader.kind]}
        FROM generate_series(1::bigint, {reader.count}) AS n""".format(  # noqa: S608
            members=size.members, count=reader.count
        )
        for reader in size.readers
    )
    pairs = f"""
        SELECT 1 + (hashint8extended(n, 4) & 4503599627370495) % {last} AS follower,
               {draw(5, size.members, 3)} AS followed
        FROM generate_series(1::bigint, {size.follows}) AS n
        UNION SELECT 2 * n, {size.celebrity}
        FROM generate_series(1::bigint, {last // 2}) AS n
        {readers}"""  # noqa: S608
    order = "hashint8extended(follower * 1000003 + followed, 6)"
    return Step(
        Follow,
        {
            "id": "n",
            "follower_id": "follower",
            "followed_id": "followed",
            "created_at": moment(size.follows),
        },
        f"""(SELECT row_number() OVER (ORDER BY {order}) AS n, follower, followed
             FROM ({pairs}) AS pairs
             WHERE follower <> followed AND followed BETWEEN 1 AND {size.members}
             ORDER BY 1) AS made""",  # noqa: S608
        total=1,
    )


def members(size: Size) -> Step:
    """One of 50 has not confirmed their address, and one of 500 is suspended."""
    counts = {
        "post_count": f"""
            SELECT author_id AS id, count(*) AS many FROM blog_post
            WHERE NOT {AWAY.format(id="id")} GROUP BY 1""",  # noqa: S608
        "comment_count": f"""
            SELECT author_id AS id, count(*) AS many FROM blog_comment
            WHERE NOT {AWAY.format(id="id")} AND NOT {AWAY.format(id="post_id")}
            GROUP BY 1""",  # noqa: S608
        "follower_count": """
            SELECT followed_id AS id, count(*) AS many FROM social_follow GROUP BY 1""",
        "following_count": """
            SELECT follower_id AS id, count(*) AS many FROM social_follow GROUP BY 1""",
    }
    joins = "".join(
        f" LEFT JOIN ({query}) AS of_{name} ON of_{name}.id = n"
        for name, query in counts.items()
    )
    shown = ", ".join(f"coalesce(of_{name}.many, 0) AS {name}" for name in counts)
    plain = f"(n < {size.newcomer} AND n <> {size.moderator})"
    return Step(
        User,
        {
            "id": "n",
            "username": "'member' || n",
            "email": "'member' || n || '@example.com'",
            "name": "initcap(substr(md5(n::text), 1, 6)) || ' ' || n",
            "location": "'Somewhere'",
            "about_me": "repeat('Something about me. ', 5)",
            "password": "'!'",
            "confirmed_at": f"CASE WHEN n % 50 <> 40 OR NOT {plain} THEN now() END",
            "suspended_at": f"CASE WHEN n % 500 = 250 AND {plain} THEN now() END",
            "date_joined": moment(size.members),
            "last_seen_at": "now()",
            **{name: name for name in counts},
        },
        f"(SELECT n, {shown} FROM {{numbers}} {joins} ORDER BY n) AS made",  # noqa: S608
        size.members,
    )


def roles_of_members(size: Size) -> Step:
    group = f"(SELECT id FROM auth_group WHERE name = '{roles.USER}')"  # noqa: S608
    columns = {"id": "n", "user_id": "n", "group_id": group}
    return Step(User.groups.through, columns, "{numbers}", size.members)


def decisions(size: Size) -> Step:
    """One about each text that a moderator took away."""
    of_posts = f"""
        SELECT id, author_id, created_at, '{Decision.Kind.HIDE_POST}' AS kind
        FROM blog_post WHERE {TAKEN.format(id="id")}"""  # noqa: S608
    of_comments = f"""
        SELECT id, author_id, created_at, '{Decision.Kind.DISABLE_COMMENT}'
        FROM blog_comment WHERE {TAKEN.format(id="id")}"""  # noqa: S608
    return Step(
        Decision,
        {
            "id": "row_number() OVER (ORDER BY created_at, kind, id)",
            "kind": "kind",
            "actor_id": str(size.moderator),
            "actor_name": f"'member{size.moderator}'",
            "member_id": "author_id",
            "member_name": "'member' || author_id",
            "target_id": "id",
            "reason": "'Spam.'",
            "batch": "gen_random_uuid()",
            "created_at": "created_at",
        },
        f"({of_posts} UNION ALL {of_comments}) AS taken",
        total=1,
    )


# In this order; posts and members are written with their counts.
BEFORE_THREADS = (comments,)
AFTER_THREADS = (posts, blocks, follows, members, roles_of_members, decisions)
