import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied

from accounts import roles, services
from accounts.exceptions import (
    AboveYourself,
    AddressTaken,
    LastAdministrator,
    UsernameTaken,
)
from accounts.models import User
from flasky_site.lib.merging import ChangedMeanwhile
from tests.factories import UserFactory


@pytest.fixture
def edit(administrator):
    """Let the administrator change some fields of a member."""

    def edit(member, actor=administrator, **wanted):
        services.edit_member(actor=actor, member=member, wanted=wanted, seen={})

    return edit


def fresh(user):
    return User.objects.with_role().get(pk=user.pk)


@pytest.mark.django_db
class TestEditMember:
    def test_changes_everything_in_one_go(self, edit, alice):
        edit(
            alice,
            email="alicia@example.org",
            is_confirmed=True,
            username="alicia",
            role=roles.MODERATOR,
            name="Alicia",
            location="There",
            about_me="Two\nlines",
        )

        changed = fresh(alice)
        assert (changed.email, changed.username) == ("alicia@example.org", "alicia")
        assert (changed.role, changed.is_staff) == (roles.MODERATOR, True)
        assert (changed.name, changed.location) == ("Alicia", "There")
        assert changed.about_me == "Two\nlines"
        assert changed.confirmed_at == alice.confirmed_at
        assert changed.former_usernames.get().username == "alice"

    def test_changes_nothing_when_one_rule_says_no(self, edit, administrator, bob):
        with pytest.raises(LastAdministrator):
            edit(administrator, name="Ada L", username="lovelace", role=roles.USER)
        with pytest.raises(UsernameTaken):
            edit(bob, name="Bobby", email="b@example.org", username="ADA")

        assert (fresh(administrator).name, fresh(administrator).username) == ("", "ada")
        assert (fresh(bob).name, fresh(bob).email) == ("", "bob@example.com")

    def test_refuses_who_is_no_administrator_any_more(self, edit, alice, administrator):
        ended = UserFactory(role=roles.ADMINISTRATOR)
        services.assign_role(user=User.objects.get(pk=ended.pk), role=roles.USER)

        with pytest.raises(PermissionDenied):
            edit(administrator, actor=ended, role=roles.USER)

        assert fresh(administrator).role == roles.ADMINISTRATOR

    def test_writes_over_no_change_that_the_administrator_has_not_seen(
        self, administrator, alice
    ):
        User.objects.filter(pk=alice.pk).update(about_me="New")

        with pytest.raises(ChangedMeanwhile):
            services.edit_member(
                actor=administrator,
                member=alice,
                wanted={"about_me": "Mine"},
                seen={"about_me": ""},
            )


@pytest.mark.django_db
class TestRules:
    @pytest.fixture
    def trusted(self, moderator, monkeypatch):
        """A moderator who may administer, should that ever be."""
        extended = roles.ROLE_PERMISSIONS[roles.MODERATOR] | {"accounts.administer"}
        monkeypatch.setitem(roles.ROLE_PERMISSIONS, roles.MODERATOR, extended)
        services.repair_roles()
        return moderator

    def test_let_nobody_raise_above_themselves(self, edit, trusted, alice):
        edit(alice, actor=trusted, role=roles.MODERATOR)
        for member in (alice, trusted):
            with pytest.raises(AboveYourself):
                edit(member, actor=trusted, role=roles.ADMINISTRATOR)

        assert fresh(alice).role == fresh(trusted).role == roles.MODERATOR

    def test_let_nobody_act_on_somebody_above_them(self, edit, trusted, administrator):
        chief = User.objects.create_superuser("chief", "chief@example.com")

        for member in (administrator, chief):
            with pytest.raises(AboveYourself):
                edit(member, actor=trusted, name="Small")

    @pytest.mark.parametrize(
        "change", [{"role": roles.MODERATOR}, {"is_confirmed": False}]
    )
    def test_keep_the_last_administrator(self, edit, administrator, change):
        UserFactory(role=roles.ADMINISTRATOR, is_active=False)
        UserFactory(role=roles.ADMINISTRATOR, unconfirmed=True)

        with pytest.raises(LastAdministrator):
            edit(administrator, **change)

        assert User.objects.administrators().get() == administrator

    def test_let_an_administrator_step_down_when_another_stays(
        self, edit, administrator
    ):
        UserFactory(role=roles.ADMINISTRATOR)

        edit(administrator, role=roles.USER)

        assert not fresh(administrator).has_perm("accounts.administer")

    def test_let_the_last_administrator_change_the_rest(self, edit, administrator):
        edit(administrator, username="lovelace", email="l@example.org", name="Ada")

        assert User.objects.administrators().get().username == "lovelace"

    def test_end_what_a_superuser_may_do_with_the_role(self, edit):
        chief = User.objects.create_superuser("chief", "chief@example.com")

        edit(chief, role=roles.USER)

        assert not fresh(chief).is_superuser


@pytest.mark.django_db
class TestReplaceAddress:
    new = "Alicia@Example.org"

    def test_leaves_one_address_which_is_proven_as_the_box_says(self, edit, alice):
        alice.emailaddress_set.create(email="typed@example.com")

        edit(alice, email=self.new)

        address = alice.emailaddress_set.get()
        assert address.email == "alicia@example.org"
        assert (address.primary, address.verified) == (True, True)

    def test_tells_the_former_address(self, edit, alice, mailoutbox):
        edit(alice, email=self.new)

        assert [mail.to for mail in mailoutbox] == [["alice@example.com"]]
        mail = mailoutbox[0]
        assert mail.subject == "[Flasky] Your address was changed"
        html, kind = mail.alternatives[0]
        assert kind == "text/html"
        for text in (mail.body, html):
            assert "from alice@example.com to alicia@example.org" in text

    def test_tells_nobody_when_the_address_stays(self, edit, alice, mailoutbox):
        edit(alice, email="ALICE@example.com", is_confirmed=False)

        assert not mailoutbox

    def test_ends_a_link_to_a_new_password(self, edit, alice):
        token = default_token_generator.make_token(alice)
        assert default_token_generator.check_token(fresh(alice), token)

        edit(alice, email=self.new)

        assert not default_token_generator.check_token(fresh(alice), token)

    def test_ends_what_other_members_proposed(self, edit, alice, bob):
        bob.emailaddress_set.create(email="alicia@example.org")

        edit(alice, email=self.new)

        assert bob.emailaddress_set.get().email == bob.email

    @pytest.mark.parametrize("is_proven_alone", [True, False])
    def test_refuses_the_address_of_another_in_any_case(
        self, edit, alice, bob, is_proven_alone
    ):
        if is_proven_alone:
            bob.emailaddress_set.update(email="second@example.com")
        email = bob.emailaddress_set.get().email.upper()

        with pytest.raises(AddressTaken):
            edit(alice, email=email)

        assert fresh(alice).email == "alice@example.com"
        assert alice.emailaddress_set.get().email == "alice@example.com"

    def test_takes_the_confirmation_away_and_remembers_that_it_was_there(
        self, edit, alice
    ):
        old = alice.emailaddress_set.get()

        edit(alice, is_confirmed=False)

        changed = fresh(alice)
        assert not changed.is_confirmed
        assert changed.unconfirmed_at
        assert not changed.has_perm("blog.add_post")
        address = alice.emailaddress_set.get()
        assert (address.email, address.verified) == ("alice@example.com", False)
        # A link that was mailed for the old row must not confirm once more.
        assert address.pk != old.pk

    def test_confirms_without_a_link(self, edit, newcomer):
        edit(newcomer, is_confirmed=True)

        assert fresh(newcomer).is_confirmed
        assert newcomer.emailaddress_set.get().verified

    def test_makes_no_administrator_by_the_address(self, edit, newcomer, settings):
        settings.FLASKY_ADMIN = ["boss@example.com"]

        edit(newcomer, email="boss@example.com", is_confirmed=True)

        assert fresh(newcomer).role == roles.USER
