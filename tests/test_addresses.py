"""Who gets what at which address. A new address needs a row here."""

import pytest
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from blog.sitemaps import PART_SIZE
from tests.factories import (
    CommentFactory,
    DecisionFactory,
    OutgoingMailFactory,
    PostFactory,
    UserFactory,
)

VISITORS = ["stranger", "newcomer", "suspended", "user", "moderator", "administrator"]
LOGIN, UNCONFIRMED, HOME = "→login", "→unconfirmed", "→home"
AGAIN, SECURITY, SUSPENDED = "→who are you", "→security", "→suspended"
DESK, DESK_LOGIN = "→desk", "→desk login"

# The answer to GET for each of VISITORS, in their order.
EVERYBODY = [200] * 6
CONTENT = [200, UNCONFIRMED, SUSPENDED, 200, 200, 200]
STRANGERS_ONLY = [200, HOME, SUSPENDED, HOME, HOME, HOME]
SIGNED_IN = [LOGIN, 200, SUSPENDED, 200, 200, 200]
MEMBERS = [LOGIN, UNCONFIRMED, SUSPENDED, 200, 200, 200]
NOT_THERE = [404] * 6
# Account pages, which are closed to the suspended even where they say little.
ENTRANCES = [200, 200, SUSPENDED, 200, 200, 200]
DEAD_LINKS = [404, 404, SUSPENDED, 404, 404, 404]
# A second factor that one has not; and setting one up, which asks for the password.
NO_FACTOR = [LOGIN, 404, SUSPENDED, 404, 404, 404]
OWN = [LOGIN, AGAIN, SUSPENDED, AGAIN, AGAIN, AGAIN]
NEW_FACTOR = [LOGIN, UNCONFIRMED, SUSPENDED, AGAIN, AGAIN, AGAIN]
MODERATORS = [LOGIN, UNCONFIRMED, SUSPENDED, 403, 200, 200]
STAFF = [DESK_LOGIN, UNCONFIRMED, SUSPENDED, DESK_LOGIN, 200, 200]
ADMINISTRATORS = [DESK_LOGIN, UNCONFIRMED, SUSPENDED, DESK_LOGIN, 403, 200]
NOBODY = [DESK_LOGIN, UNCONFIRMED, SUSPENDED, DESK_LOGIN, 403, 403]
# The text of somebody else.
EDITORS = [LOGIN, UNCONFIRMED, SUSPENDED, 403, 403, 200]
MODERATED = [404, UNCONFIRMED, SUSPENDED, 404, 200, 200]

# An id that no sequence reaches.
CAST = 1_000_000

# What is the same for everybody, whoever asks.
FOR_PROGRAMS = (
    "/feed/",
    "/user/cast/feed/",
    "/post/1/feed/",
    "/sitemap",
    "/robots.txt",
    "/healthz",
    "/readyz",
    "/metrics",
)

ADDRESSES = {
    "social:home": (CONTENT, []),
    "social:home_all": ([HOME, UNCONFIRMED, SUSPENDED, HOME, HOME, HOME], []),
    "social:home_followed": ([LOGIN, UNCONFIRMED, SUSPENDED, HOME, HOME, HOME], []),
    "social:new_posts": ([403, UNCONFIRMED, SUSPENDED, 200, 200, 200], []),
    "social:profile": (CONTENT, ["cast"]),
    "social:people": (CONTENT, []),
    "social:follower_list": (CONTENT, ["cast"]),
    "social:following_list": (CONTENT, ["cast"]),
    "social:followed_by": ([301, UNCONFIRMED, SUSPENDED, 301, 301, 301], ["cast"]),
    "social:follow": ([405, UNCONFIRMED, SUSPENDED, 405, 405, 405], ["cast"]),
    "social:unfollow": ([405, UNCONFIRMED, SUSPENDED, 405, 405, 405], ["cast"]),
    "blog:post_detail": (CONTENT, [1]),
    # It answers to POST alone.
    "blog:preview": ([405, UNCONFIRMED, SUSPENDED, 405, 405, 405], []),
    "blog:post_edit": (EDITORS, [1]),
    "blog:post_delete": (EDITORS, [1]),
    "blog:comments_close": ([LOGIN, UNCONFIRMED, SUSPENDED, 405, 405, 405], [1]),
    "blog:comments_open": ([LOGIN, UNCONFIRMED, SUSPENDED, 405, 405, 405], [1]),
    "blog:comment_edit": (EDITORS, [1]),
    "blog:comment_delete": (EDITORS, [1]),
    "blog:post_source": (CONTENT, [1]),
    "blog:moderate": (MODERATORS, []),
    "blog:own_decisions": (SIGNED_IN, []),
    "blog:undo": (
        [LOGIN, UNCONFIRMED, SUSPENDED, 403, 405, 405],
        ["00000000-0000-0000-0000-000000000000"],
    ),
    "blog:post_hide": (MODERATORS, [1]),
    "blog:post_restore": (MODERATORS, [1]),
    "blog:comment_disable": (MODERATORS, [1]),
    "blog:comment_enable": (MODERATORS, [1]),
    "blog:comment_detail": (["→thread", UNCONFIRMED, SUSPENDED, *["→thread"] * 3], [1]),
    "blog:site_feed": (EVERYBODY, []),
    "blog:member_feed": (EVERYBODY, ["cast"]),
    "blog:comment_feed": (EVERYBODY, [1]),
    "blog:sitemap_index": (EVERYBODY, []),
    "blog:post_sitemap": (EVERYBODY, [0]),
    "blog:member_sitemap": (EVERYBODY, [CAST // PART_SIZE]),
    "robots": (EVERYBODY, []),
    "healthz": (EVERYBODY, []),
    "readyz": (EVERYBODY, []),
    # For who shows the token, or comes from where METRICS_ALLOWED_IPS says.
    "metrics": (NOT_THERE, []),
    "accounts:avatar": (EVERYBODY, [1]),
    "accounts:uploaded_avatar": (NOT_THERE, [1, "0" * 32, 64]),
    "accounts:avatar_edit": (MEMBERS, []),
    "accounts:avatar_remove": ([LOGIN, UNCONFIRMED, SUSPENDED, 405, 405, 405], []),
    "accounts:member_edit": ([LOGIN, UNCONFIRMED, SUSPENDED, 403, 403, 200], [CAST]),
    "social:member_delete": ([LOGIN, UNCONFIRMED, SUSPENDED, 403, 403, 200], [CAST]),
    "accounts:profile_edit": ([LOGIN, UNCONFIRMED, SUSPENDED, 200, 200, 200], []),
    "account_signup": (STRANGERS_ONLY, []),
    "account_login": (STRANGERS_ONLY, []),
    "account_logout": ([HOME, 200, 200, 200, 200, 200], []),
    "account_inactive": (ENTRANCES, []),
    "account_unconfirmed": ([LOGIN, 200, SUSPENDED, HOME, HOME, HOME], []),
    "account_suspended": ([LOGIN, HOME, 403, HOME, HOME, HOME], []),
    "account_resend_confirmation": ([LOGIN, 405, SUSPENDED, 405, 405, 405], []),
    "account_email_verification_sent": (ENTRANCES, []),
    "account_confirm_email": (DEAD_LINKS, ["key"]),
    "account_reauthenticate": (SIGNED_IN, []),
    "account_email": (SIGNED_IN, []),
    "account_change_password": (SIGNED_IN, []),
    # Everybody has a password here, so setting a first one leads to changing it.
    "account_set_password": (
        [LOGIN, "→change", SUSPENDED, "→change", "→change", "→change"],
        [],
    ),
    "account_sessions": (SIGNED_IN, []),
    "account_end_other_sessions": ([LOGIN, 405, SUSPENDED, 405, 405, 405], []),
    "account_end_session": ([LOGIN, 405, SUSPENDED, 405, 405, 405], ["handle"]),
    "account_tokens": (MEMBERS, []),
    "account_token_revoke": ([LOGIN, 404, SUSPENDED, 404, 404, 404], [1]),
    "account_reset_password": (ENTRANCES, []),
    "account_reset_password_done": (ENTRANCES, []),
    "account_reset_password_from_key_done": (ENTRANCES, []),
    "account_reset_password_from_key": (DEAD_LINKS, ["1", "key"]),
    "mfa_index": (SIGNED_IN, []),
    # In the middle of a log-in alone.
    "mfa_authenticate": ([LOGIN, HOME, SUSPENDED, HOME, HOME, HOME], []),
    "mfa_login_webauthn": ([LOGIN, HOME, SUSPENDED, HOME, HOME, HOME], []),
    # Who has no second factor is asked for the password instead.
    "mfa_reauthenticate": (OWN, []),
    "mfa_reauthenticate_webauthn": (OWN, []),
    "mfa_activate_totp": (NEW_FACTOR, []),
    "mfa_deactivate_totp": (NO_FACTOR, []),
    "mfa_view_recovery_codes": (NO_FACTOR, []),
    "mfa_generate_recovery_codes": (OWN, []),
    "mfa_list_webauthn": (SIGNED_IN, []),
    "mfa_add_webauthn": (NEW_FACTOR, []),
    "mfa_edit_webauthn": (OWN, [1]),
    "mfa_remove_webauthn": (OWN, [1]),
    "admin:index": (STAFF, []),
    "admin:login": ([LOGIN, UNCONFIRMED, SUSPENDED, 403, DESK, DESK], []),
    # Signing out there takes a POST.
    "admin:logout": ([DESK, UNCONFIRMED, SUSPENDED, DESK, 405, 405], []),
    "admin:password_change": (
        [DESK_LOGIN, UNCONFIRMED, SUSPENDED, DESK_LOGIN, "→change", "→change"],
        [],
    ),
    "admin:password_change_done": (STAFF, []),
    "admin:jsi18n": (STAFF, []),
    "admin:app_list": (
        [DESK_LOGIN, UNCONFIRMED, SUSPENDED, DESK_LOGIN, 404, 200],
        ["mail"],
    ),
    **{
        f"admin:{model}_{page}": row
        for model, pk, act in (
            ("blog_post", 1, "hide"),
            ("blog_comment", 1, "disable"),
            ("accounts_user", CAST, "suspend"),
        )
        for page, row in {
            "changelist": (STAFF, []),
            "change": (STAFF, [pk]),
            "act": (STAFF, [act]),
            "history": (STAFF, [pk]),
            "add": (NOBODY, []),
            "delete": (NOBODY, [pk]),
        }.items()
    },
    "admin:mail_outgoingmail_changelist": (ADMINISTRATORS, []),
    "admin:mail_outgoingmail_change": (ADMINISTRATORS, [1]),
    "admin:mail_outgoingmail_history": (ADMINISTRATORS, [1]),
    "admin:mail_outgoingmail_add": (NOBODY, []),
    "admin:mail_outgoingmail_delete": (NOBODY, [1]),
    "admin:accounts_decision_changelist": (STAFF, []),
    "admin:accounts_decision_change": (STAFF, [1]),
    "admin:accounts_decision_history": (STAFF, [1]),
    "admin:accounts_decision_export": (STAFF, []),
    "admin:accounts_decision_add": (NOBODY, []),
    "admin:accounts_decision_delete": (NOBODY, [1]),
    # Outside development it does not exist.
    "dev_mail": (NOT_THERE, []),
}


def named_addresses(resolver=None, namespace=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            # The admin's page for what is no page has no name.
            if pattern.name:
                yield f"{namespace}{pattern.name}"
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from named_addresses(pattern, namespace + inner)


def outcome(response):
    if response.status_code != 302:
        return response.status_code
    goals = {
        "/auth/login/": LOGIN,
        "/auth/unconfirmed/": UNCONFIRMED,
        "/auth/change-password/": "→change",
        "/auth/reauthenticate/": AGAIN,
        "/auth/2fa/": SECURITY,
        "/auth/suspended/": SUSPENDED,
        "/admin/": DESK,
        "/admin/login/": DESK_LOGIN,
        "/post/1/": "→thread",
    }
    return HOME if response.url == "/" else goals[response.url.split("?")[0]]


class TestAddresses:
    def test_all_have_a_row_in_the_table(self):
        # The API has a table of its own, with methods: tests/api/test_addresses.py.
        names = {name for name in named_addresses() if not name.startswith("api")}

        assert names == set(ADDRESSES)

    @pytest.mark.django_db
    @pytest.mark.parametrize("name", ADDRESSES)
    def test_answer_each_visitor_as_the_table_says(self, name, clients):
        expected, arguments = ADDRESSES[name]
        cast = UserFactory(id=CAST, username="cast")
        CommentFactory(id=1, author=cast, post=PostFactory(id=1, author=cast))
        OutgoingMailFactory(id=1)
        DecisionFactory(id=1, member=cast)

        found = {
            visitor: outcome(clients[visitor].get(reverse(name, args=arguments)))
            for visitor in VISITORS
        }

        assert found == dict(zip(VISITORS, expected, strict=True))

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        "away", [{"is_hidden": True}, {"deleted_at": timezone.now()}]
    )
    def test_answer_for_a_post_out_of_sight_as_for_none(self, away, clients):
        PostFactory(id=1, **away)

        found = [outcome(clients[visitor].get("/post/1/")) for visitor in VISITORS]

        assert found == MODERATED

    @pytest.mark.django_db
    @pytest.mark.parametrize("visitor", ["moderator", "administrator"])
    def test_are_closed_to_staff_without_the_factor_that_a_rule_wants(
        self, visitor, clients, settings
    ):
        settings.STAFF_SECOND_FACTOR = True
        addresses = [reverse(name, args=row[1]) for name, row in ADDRESSES.items()]
        open_ones = ("/auth/", "/avatar/", "/dev/mail/", *FOR_PROGRAMS)

        outcomes = {
            address: outcome(clients[visitor].get(address))
            for address in addresses
            if not address.startswith(open_ones)
        }

        assert len(outcomes) > 10
        assert set(outcomes.values()) == {SECURITY}

    def test_are_closed_to_the_suspended_but_for_why_and_for_what_asks_nobody(self):
        column = VISITORS.index("suspended")
        others = {
            name for name, row in ADDRESSES.items() if row[0][column] != SUSPENDED
        }

        assert others - {"account_suspended", "account_logout"} == {
            name
            for name, row in ADDRESSES.items()
            if reverse(name, args=row[1]).startswith(
                (*FOR_PROGRAMS, "/avatar/", "/dev/mail/")
            )
        }
