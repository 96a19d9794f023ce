"""Every page that answers, for tests of what each of them costs."""

from django.urls import reverse

from tests.test_addresses import ADDRESSES, VISITORS

# Asked with what a list can be asked beside its address: its other end, a search.
MORE = [
    ("social:home", [], "page=2"),
    ("social:home", [], "page=-1"),
    ("social:profile", ["cast"], "page=-1"),
    ("social:follower_list", ["cast"], "page=-1"),
    ("social:following_list", ["cast"], "page=-1"),
    ("social:people", [], "q=mem"),
    ("social:people", [], "before=1000000"),
    ("social:new_posts", [], "after=1"),
    ("blog:post_detail", [1], "page=2"),
    ("blog:post_detail", [1], "page=-1"),
    ("admin:blog_post_changelist", [], "q=cast"),
    ("admin:blog_comment_changelist", [], "q=cast"),
    ("admin:accounts_user_changelist", [], "q=cast"),
]


def pages_of(visitor):
    """Return name → address of all that answers ``visitor`` with 200."""
    column = VISITORS.index(visitor)
    named = {
        name: reverse(name, args=arguments)
        for name, (answers, arguments) in ADDRESSES.items()
        if answers[column] == 200
    }
    asked = {
        f"{name}?{query}": f"{reverse(name, args=arguments)}?{query}"
        for name, arguments, query in MORE
        if ADDRESSES[name][0][column] == 200
    }
    return named | asked
