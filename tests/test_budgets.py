"""How many queries each page costs, whoever asks and however many rows it shows.

A new page needs a budget here.
"""

from copy import copy
from http.cookies import SimpleCookie

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Decision
from accounts.sessions import SessionStore
from blog.models import Comment, Post
from mail.models import OutgoingMail
from tests.factories import (
    CommentFactory,
    DecisionFactory,
    FollowFactory,
    OutgoingMailFactory,
    PostFactory,
    UserFactory,
)
from tests.factories.sequences import go_on_behind
from tests.factories.tokens import token_of
from tests.pages import pages_of
from tests.test_addresses import CAST

# Of whoever pays most, the session with its member among it. Lists of the desk that go
# down from years to days pay one for the moment of their oldest row.
BUDGETS = {
    "social:home": 3,
    "social:profile": 4,
    "social:people": 3,
    "social:follower_list": 4,
    "social:following_list": 4,
    "blog:post_detail": 4,
    "blog:post_source": 2,
    "blog:site_feed": 1,
    "blog:member_feed": 2,
    "blog:comment_feed": 2,
    "blog:sitemap_index": 2,
    "blog:post_sitemap": 1,
    "blog:member_sitemap": 1,
    "robots": 0,
    "healthz": 0,
    # It asks by a connection of its own.
    "readyz": 0,
    "accounts:avatar": 0,
    "account_signup": 0,
    "account_login": 0,
    "account_inactive": 1,
    "account_email_verification_sent": 1,
    "account_reset_password": 1,
    "account_reset_password_done": 1,
    "account_reset_password_from_key_done": 1,
    "social:home?page=2": 3,
    "social:home?page=-1": 3,
    "social:profile?page=-1": 4,
    "social:follower_list?page=-1": 4,
    "social:following_list?page=-1": 4,
    "social:people?q=mem": 4,
    "social:people?before=1000000": 3,
    "blog:post_detail?page=2": 4,
    "blog:post_detail?page=-1": 4,
    "social:new_posts": 2,
    "blog:own_decisions": 2,
    "accounts:avatar_edit": 1,
    "accounts:profile_edit": 2,
    "account_reauthenticate": 7,
    "account_email": 5,
    "account_change_password": 1,
    "account_sessions": 3,
    "account_tokens": 2,
    "mfa_index": 3,
    "mfa_list_webauthn": 2,
    "social:new_posts?after=1": 2,
    "blog:moderate": 3,
    "blog:post_hide": 2,
    "blog:post_restore": 2,
    "blog:comment_disable": 2,
    "blog:comment_enable": 2,
    "admin:index": 13,
    "admin:password_change_done": 1,
    "admin:jsi18n": 1,
    "admin:blog_post_changelist": 5,
    "admin:blog_post_change": 5,
    "admin:blog_post_act": 2,
    "admin:blog_post_history": 3,
    "admin:blog_comment_changelist": 5,
    "admin:blog_comment_change": 7,
    "admin:blog_comment_act": 2,
    "admin:blog_comment_history": 3,
    "admin:accounts_user_changelist": 5,
    "admin:accounts_user_change": 8,
    "admin:accounts_user_act": 2,
    "admin:accounts_user_history": 3,
    "admin:accounts_decision_changelist": 5,
    "admin:accounts_decision_change": 2,
    "admin:accounts_decision_history": 3,
    "admin:accounts_decision_export": 4,
    "admin:blog_post_changelist?q=cast": 7,
    "admin:blog_comment_changelist?q=cast": 7,
    "admin:accounts_user_changelist?q=cast": 7,
    "blog:post_edit": 2,
    "blog:post_delete": 2,
    "blog:comment_edit": 2,
    "blog:comment_delete": 2,
    "accounts:member_edit": 2,
    "social:member_delete": 2,
    "admin:app_list": 13,
    "admin:mail_outgoingmail_changelist": 4,
    "admin:mail_outgoingmail_change": 2,
    "admin:mail_outgoingmail_history": 3,
    "social:home, followed": 3,
}


@pytest.fixture
def people(db, alice, moderator, administrator):
    return {"user": alice, "moderator": moderator, "administrator": administrator}


@pytest.fixture
def pages(client, as_alice, as_moderator, as_administrator):
    clients = [client, as_alice, as_moderator, as_administrator]
    visitors = ["stranger", "user", "moderator", "administrator"]
    timeline = copy(as_alice)
    timeline.cookies = SimpleCookie({**as_alice.cookies, "show_followed": "1"})
    return [
        ("user", "social:home, followed", "/", timeline),
        *(
            (visitor, name, address, browser)
            for visitor, browser in zip(visitors, clients, strict=True)
            for name, address in pages_of(visitor).items()
            if name != "account_logout"
        ),
    ]


def add_rows(cast, post, viewers, count):
    """Add ``count`` rows to every list that there is."""
    for _ in range(count):
        CommentFactory(author=cast, post=PostFactory(author=cast))
        CommentFactory(post=post)
        FollowFactory(followed=cast)
        FollowFactory(follower=cast)
        OutgoingMailFactory()
        for member in (cast, *viewers):
            DecisionFactory(member=member, actor=viewers[-1])
        for viewer in viewers:
            store = SessionStore()
            store[SESSION_KEY] = str(viewer.pk)
            store.create()
            token_of(viewer)


def count_queries(pages):
    counts = {}
    for visitor, name, address, browser in pages:
        cache.clear()
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            browser.get(address).getvalue()
        # Once a minute it is noted that somebody is here.
        counts[visitor, name] = sum(
            not query["sql"].startswith('UPDATE "accounts_session"')
            for query in queries.captured_queries
        )
    return counts


class TestPages:
    def test_cost_what_their_budgets_say_with_one_row_and_with_fifty(
        self, people, pages
    ):
        viewers = list(people.values())
        cast = UserFactory(id=CAST, username="cast")
        post = PostFactory(id=1, author=cast)
        CommentFactory(id=1, author=cast, post=post)
        OutgoingMailFactory(id=1)
        DecisionFactory(id=1, member=cast)
        go_on_behind(Post, Comment, OutgoingMail, Decision)
        FollowFactory(follower=people["user"], followed=cast)

        add_rows(cast, post, viewers, 1)
        few = count_queries(pages)
        add_rows(cast, post, viewers, 49)
        many = count_queries(pages)

        growing = {
            page: (few[page], many[page]) for page in few if few[page] != many[page]
        }
        dearest: dict[str, int] = {}
        for (_visitor, name), count in many.items():
            dearest[name] = max(dearest.get(name, 0), count)
        assert not growing
        assert dearest == BUDGETS
