import pytest
from django.test import Client

from accounts import roles, services
from accounts.models import User
from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.forms import filled
from tests.links import link_in


def edit_of(member):
    return f"/edit-profile/{member.pk}/"


def fresh(user):
    return User.objects.with_role().get(pk=user.pk)


@pytest.mark.django_db
class TestMemberEditView:
    @pytest.fixture
    def as_administrator(self, as_administrator):
        """They have typed their password a moment ago."""
        as_administrator.post("/auth/reauthenticate/", {"password": PASSWORD})
        return as_administrator

    @pytest.fixture
    def edit(self, as_administrator):
        """Open a member's form, type some changes and send it."""

        def edit(member, **changes):
            form = as_administrator.get(edit_of(member)).context["form"]
            return as_administrator.post(edit_of(member), filled(form, **changes))

        return edit

    def test_saves_what_was_changed_and_goes_to_the_profile(self, edit, alice):
        response = edit(
            alice, email="Alicia@example.org", username="alicia", role=roles.MODERATOR
        )

        assert response.url == "/user/alicia/"
        changed = fresh(alice)
        assert (changed.email, changed.role) == ("alicia@example.org", roles.MODERATOR)
        assert changed.is_confirmed

    def test_changes_nothing_when_it_is_sent_as_it_came(self, edit, alice, mailoutbox):
        before = User.objects.filter(pk=alice.pk).values().get()

        edit(alice)

        assert User.objects.filter(pk=alice.pk).values().get() == before
        assert not mailoutbox

    def test_offers_the_roles_from_the_least_to_the_most(self, as_administrator, alice):
        form = as_administrator.get(edit_of(alice)).context["form"]

        offered = [role for role, _label in form.fields["role"].choices]
        assert offered == [roles.USER, roles.MODERATOR, roles.ADMINISTRATOR]
        assert form["role"].value() == roles.USER

    def test_explains_every_field(self, as_administrator, alice):
        form = as_administrator.get(edit_of(alice)).context["form"]

        assert all(field.help_text for field in form.fields.values())

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("email", "BOB@example.com"),
            ("email", "x"),
            ("email", "x@" + "é" * 60 + ".com"),
            ("email", ""),
            ("username", "Bob"),
            ("username", "bobby"),
            ("username", "admin"),
            ("username", "a b"),
            ("username", ""),
            ("role", "Emperor"),
            ("role", "4"),
            ("role", ""),
            ("name", "x" * 65),
            ("about_me", "x" * 2001),
        ],
    )
    def test_gives_back_what_was_typed_with_a_sentence(
        self, edit, alice, bob, field, value
    ):
        services.rename_user(user=bob, username="robert")
        services.rename_user(user=bob, username="bob")
        services.rename_user(user=UserFactory(username="bobby"), username="other")

        response = edit(alice, **{field: value, "location": "There"})

        assert response.status_code == 422
        form = response.context["form"]
        assert list(form.errors) == [field]
        assert form[field].value() == value
        assert form["location"].value() == "There"
        assert "@alice" in response.content.decode()
        assert fresh(alice).location == ""

    def test_lets_a_member_have_their_former_name_back(self, edit, alice):
        services.rename_user(user=alice, username="alicia")

        assert edit(alice, username="alice").url == "/user/alice/"

    @pytest.mark.parametrize("changes", [{"role": "User"}, {"is_confirmed": False}])
    def test_says_with_409_that_this_is_the_last_administrator(
        self, edit, administrator, changes
    ):
        response = edit(administrator, about_me="Typed", **changes)

        assert response.status_code == 409
        assert "last administrator" in response.content.decode()
        form = response.context["form"]
        assert form["about_me"].value() == "Typed"
        assert [form[name].value() for name in changes] == list(changes.values())
        assert fresh(administrator).role == roles.ADMINISTRATOR

    def test_says_at_the_field_what_somebody_took_a_moment_ago(
        self, edit, alice, monkeypatch
    ):
        edit_member = services.edit_member

        def edit_too_late(**kwargs):
            UserFactory(username="Nora", email="nora@example.com")
            return edit_member(**kwargs)

        monkeypatch.setattr(services, "edit_member", edit_too_late)
        response = edit(alice, username="nora", about_me="Typed")

        assert response.status_code == 409
        assert list(response.context["form"].errors) == ["username"]
        assert response.context["form"]["about_me"].value() == "Typed"

    def test_shows_what_the_member_changed_meanwhile(
        self, as_administrator, as_alice, alice
    ):
        form = as_administrator.get(edit_of(alice)).context["form"]
        own = as_alice.get("/edit-profile/").context["form"]
        as_alice.post("/edit-profile/", filled(own, name="Al", location="There"))
        services.assign_role(user=alice, role=roles.MODERATOR)

        response = as_administrator.post(
            edit_of(alice), filled(form, name="Alice", role=roles.ADMINISTRATOR)
        )

        assert response.status_code == 409
        assert dict(response.context["form"].changed_meanwhile) == {
            "Name": "Al",
            "Role": "Moderator",
        }
        again = filled(response.context["form"])
        as_administrator.post(edit_of(alice), again)
        changed = fresh(alice)
        assert (changed.name, changed.location) == ("Alice", "There")
        assert changed.role == roles.ADMINISTRATOR

    def test_sends_a_link_to_who_must_confirm_again(self, edit, alice, mailoutbox):
        response = edit(alice, is_confirmed=False, email="alicia@example.org")

        assert response.url == edit_of(alice)
        assert [mail.to[0] for mail in mailoutbox] == [
            "alice@example.com",
            "alicia@example.org",
        ]
        Client().post(link_in(mailoutbox[1], "/auth/confirm/"))
        assert fresh(alice).is_confirmed

    def test_ends_a_link_to_a_new_password_with_the_address(
        self, edit, alice, client, mailoutbox
    ):
        client.post("/auth/reset/", {"email": alice.email})
        path = link_in(mailoutbox[0], "/auth/reset/")
        assert client.get(path).status_code == 302

        edit(alice, email="alicia@example.org")

        assert Client().get(path).status_code == 404

    def test_ends_at_once_what_a_member_may_do(self, edit, as_moderator, moderator):
        assert as_moderator.get("/admin/").status_code == 200
        edit(moderator, role=roles.USER)
        assert as_moderator.get("/admin/").status_code == 302

        assert as_moderator.post("/", {"body": "Hello"}).url == "/"
        edit(moderator, is_confirmed=False)
        assert as_moderator.post("/", {"body": "Hello"}).url == "/auth/unconfirmed/"

    def test_opens_for_members_without_a_profile_too(self, edit, newcomer):
        gone = UserFactory(is_active=False)

        assert edit(newcomer, name="Nora").url == edit_of(newcomer)
        assert edit(gone, name="Olga").url == edit_of(gone)
        assert fresh(gone).name == "Olga"

    @pytest.mark.parametrize("member_id", [999_999, 0, 10**30])
    def test_is_404_for_members_who_are_gone(self, as_administrator, member_id):
        address = f"/edit-profile/{member_id}/"

        assert as_administrator.get(address).status_code == 404
        assert as_administrator.post(address, {}).status_code == 404

    def test_asks_for_the_password_and_goes_on(self, administrator, alice):
        client = Client()
        client.force_login(administrator)
        form = client.get(edit_of(alice)).context["form"]

        response = client.post(edit_of(alice), filled(form, name="Alicia"))
        assert response.url.startswith("/auth/reauthenticate/")
        assert fresh(alice).name == ""
        client.post(response.url, {"password": PASSWORD})

        assert fresh(alice).name == "Alicia"

    def test_changes_nothing_when_a_mail_cannot_be_written(
        self, edit, alice, monkeypatch
    ):
        def fail(**kwargs):
            raise ZeroDivisionError

        monkeypatch.setattr("mail.services.queue_mail", fail)
        with pytest.raises(ZeroDivisionError):
            edit(alice, email="next@example.com", is_confirmed=False)

        assert fresh(alice).email == "alice@example.com"

    def test_refuses_everybody_else(self, client, as_bob, as_moderator, alice):
        for reader in (as_bob, as_moderator):
            assert reader.post(edit_of(alice), {"name": "x"}).status_code == 403
        assert client.get(edit_of(alice)).url.startswith("/auth/login/")
        assert client.post(edit_of(alice), {"name": "Typed"}).status_code == 403

        assert fresh(alice).name == ""

    def test_refuses_an_administrator_who_is_one_no_longer(
        self, as_administrator, administrator, alice
    ):
        form = as_administrator.get(edit_of(alice)).context["form"]
        services.assign_role(
            user=User.objects.get(pk=administrator.pk), role=roles.MODERATOR
        )

        response = as_administrator.post(edit_of(alice), filled(form, name="x"))

        assert response.status_code == 403
