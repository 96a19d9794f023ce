"""What moderators and administrators do with members on the desk."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts import roles
from accounts.models import Decision, Session, User
from blog.models import Post
from tests.factories import PostFactory, UserFactory
from tests.factories.accounts import PASSWORD

LIST = "/admin/accounts/user/"
NEXT_WEEK = (timezone.now() + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M")
MODERATORS = ["suspend", "lift", "unconfirm", "resend", "sign-out"]
ADMINISTRATORS = ["confirm", "role-user", "role-moderator", "role-administrator"]


def act(client, slug, members, reason="Spam.", **more):
    form = {"id": [member.pk for member in members], "reason": reason, **more}
    return client.post(f"{LIST}act/{slug}/", form, follow=True)


def fresh(member):
    return User.objects.with_role().get(pk=member.pk)


def undo(client):
    batch = Decision.objects.latest("id").batch
    return client.post(f"/moderate/undo/{batch}/")


@pytest.mark.django_db
class TestMemberActs:
    def test_suspend_until_a_moment_and_take_it_back(self, as_moderator, alice):
        page = act(as_moderator, "suspend", [alice], until=NEXT_WEEK)

        assert "1 member is suspended." in page.content.decode()
        suspended = fresh(alice)
        assert f"{suspended.suspended_until:%Y-%m-%dT%H:%M}" == NEXT_WEEK
        assert suspended.suspension_reason == "Spam."

        undo(as_moderator)

        assert not fresh(alice).is_suspended

    def test_suspend_for_good_with_their_posts_and_take_all_back(
        self, as_moderator, alice, bob
    ):
        posts = [PostFactory(author=author) for author in (alice, alice, bob)]
        earlier = PostFactory(author=alice, is_hidden=True)

        act(as_moderator, "suspend", [alice], for_good="on", hides_posts="on")

        assert fresh(alice).is_suspended
        assert list(Post.objects.public()) == [posts[2]]
        assert Decision.objects.values("batch").distinct().count() == 1

        undo(as_moderator)

        assert not fresh(alice).is_suspended
        assert list(Post.objects.filter(is_hidden=True)) == [earlier]

    def test_hide_the_posts_of_who_was_suspended_just_so_before(
        self, as_moderator, alice
    ):
        PostFactory.create_batch(2, author=alice)
        act(as_moderator, "suspend", [alice], for_good="on")

        page = act(as_moderator, "suspend", [alice], for_good="on", hides_posts="on")

        assert not Post.objects.public().exists()
        assert "1 member is suspended." in page.content.decode()
        assert "left alone" not in page.content.decode()

    @pytest.mark.parametrize(
        "typed",
        [
            {},
            {"until": "tomorrow"},
            {"until": NEXT_WEEK, "for_good": "on"},
            {"until": "9999-12-31T23:59"},
            {"until": "9999-12-31T23:59:59-23:00"},
            {"until": "\x00"},
        ],
    )
    def test_ask_again_with_422_for_an_end_that_is_none(
        self, typed, as_moderator, alice
    ):
        response = act(as_moderator, "suspend", [alice], **typed)

        assert response.status_code == 422
        assert response.context["form"]["reason"].value() == "Spam."
        assert not fresh(alice).is_suspended

    def test_say_with_409_what_a_rule_forbids(self, as_moderator, alice):
        response = act(as_moderator, "suspend", [alice], until="2020-01-01T00:00")

        assert response.status_code == 409
        assert "This moment has passed." in response.content.decode()
        assert response.context["form"]["reason"].value() == "Spam."

    def test_lift_suspensions(self, as_moderator):
        spammer = UserFactory(suspended=True)

        act(as_moderator, "lift", [spammer])

        assert not fresh(spammer).is_suspended

    def test_require_confirmation_again(self, as_moderator, alice):
        act(as_moderator, "unconfirm", [alice])
        assert not fresh(alice).is_confirmed

        undo(as_moderator)
        assert fresh(alice).is_confirmed

    def test_send_the_link_again(self, as_moderator, newcomer, mailoutbox):
        page = act(as_moderator, "resend", [newcomer])

        assert [mail.to for mail in mailoutbox] == [[newcomer.email]]
        assert "Take it back" not in page.content.decode()

    def test_sign_out_everywhere(self, as_moderator, alice, as_alice):
        page = act(as_moderator, "sign-out", [alice])

        assert not Session.objects.filter(user=alice).exists()
        assert "Take it back" not in page.content.decode()

    def test_confirm_by_hand(self, as_known, newcomer):
        act(as_known, "confirm", [newcomer])

        assert fresh(newcomer).is_confirmed

    def test_change_the_role_and_take_it_back(self, as_known, alice):
        act(as_known, "role-moderator", [alice])
        assert fresh(alice).role == roles.MODERATOR

        undo(as_known)
        assert fresh(alice).role == roles.USER

    @pytest.mark.parametrize("slug", ["role-user", "role-moderator", "unconfirm"])
    def test_keep_the_last_administrator(self, slug, as_known, administrator, alice):
        asked = as_known.get(f"{LIST}act/{slug}/?id={administrator.pk}")
        response = act(as_known, slug, [administrator])

        why = [(about["row"], why) for about, why in asked.context["kept"]]
        assert why == [(administrator, "nobody else could administer")]
        assert not asked.context["rows"]
        page = response.content.decode()
        assert "1 was left alone: nobody else could administer." in page
        assert not Decision.objects.exists()

    def test_say_beforehand_that_nobody_suspends_themselves(
        self, as_moderator, moderator, alice
    ):
        asked = as_moderator.get(f"{LIST}act/suspend/?id={moderator.pk}&id={alice.pk}")
        act(as_moderator, "suspend", [moderator, alice], for_good="on")

        why = [(about["row"], why) for about, why in asked.context["kept"]]
        assert why == [(moderator, "this is you")]
        assert [decision.member for decision in Decision.objects.all()] == [alice]

    def test_say_beforehand_who_has_the_role(self, as_known, alice, moderator):
        asked = as_known.get(
            f"{LIST}act/role-moderator/?id={moderator.pk}&id={alice.pk}"
        )

        why = [(about["row"], why) for about, why in asked.context["kept"]]
        assert why == [(moderator, "has this role already")]
        assert [about["row"] for about in asked.context["rows"]] == [alice]


@pytest.mark.django_db
class TestMemberActsByRole:
    @pytest.mark.parametrize("slug", ADMINISTRATORS)
    def test_ask_for_the_password_before_they_give_power(
        self, slug, as_administrator, newcomer
    ):
        form = {"id": newcomer.pk, "reason": "x"}

        response = as_administrator.post(f"{LIST}act/{slug}/", form)

        assert response.url.startswith("/auth/reauthenticate/")
        assert not Decision.objects.exists()

    def test_ask_for_the_password_before_power_is_taken_back(
        self, as_known, administrator, alice
    ):
        act(as_known, "role-moderator", [alice])
        later = Client()
        later.force_login(administrator)

        response = undo(later)

        assert response.url.startswith("/auth/reauthenticate/")
        assert fresh(alice).role == roles.MODERATOR

        later.post(response.url, {"password": PASSWORD}, follow=True)

        assert fresh(alice).role == roles.USER

    def test_ask_for_no_password_before_a_suspension_is_taken_back(
        self, as_moderator, alice
    ):
        act(as_moderator, "suspend", [alice], for_good="on")

        assert undo(as_moderator).url == "/moderate/"
        assert not fresh(alice).is_suspended

    @pytest.mark.parametrize("slug", ADMINISTRATORS)
    def test_are_no_moderators_to_take_back(
        self, slug, as_known, as_moderator, newcomer
    ):
        act(as_known, slug, [newcomer, UserFactory(role=roles.MODERATOR)])

        assert undo(as_moderator).status_code in {403, 404}
        assert not Decision.objects.filter(undoes__isnull=False).exists()

    @pytest.mark.parametrize("slug", ADMINISTRATORS)
    def test_are_refused_to_moderators_where_they_are_for_administrators(
        self, slug, as_moderator, newcomer
    ):
        address = f"{LIST}act/{slug}/"
        form = {"id": newcomer.pk, "reason": "x"}

        statuses = {
            as_moderator.get(address).status_code,
            as_moderator.post(address, form).status_code,
        }
        listed = {"action": slug, "index": 0, "_selected_action": newcomer.pk}
        page = as_moderator.post(LIST, listed, follow=True)

        assert statuses == {403}
        assert "No action selected." in page.content.decode()
        assert not Decision.objects.exists()

    def test_are_offered_by_role(self, as_moderator, as_administrator, alice):
        offered = [
            dict(client.get(LIST).context["action_form"].fields["action"].choices)
            for client in (as_moderator, as_administrator)
        ]

        assert [{*choices} - {""} for choices in offered] == [
            {*MODERATORS},
            {*MODERATORS, *ADMINISTRATORS},
        ]

    @pytest.mark.parametrize("slug", MODERATORS)
    def test_touch_nobody_higher(self, slug, as_moderator, administrator):
        before = User.objects.filter(pk=administrator.pk).values().get()

        act(as_moderator, slug, [administrator], for_good="on")

        assert User.objects.filter(pk=administrator.pk).values().get() == before
        assert not Decision.objects.exists()
