import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts import roles
from accounts.models import Decision
from tests.factories import DecisionFactory, PostFactory, UserFactory

LIST = "/admin/accounts/decision/"
Kind = Decision.Kind


def shown(client, **filters):
    """The decisions on the first page of the list, by id."""
    response = client.get(LIST, filters)
    return [row.pk for row in response.context["cl"].result_list]


def sheet(client, **filters):
    response = client.get(f"{LIST}export/", filters)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.django_db
class TestDecisionList:
    def test_shows_the_newest_first_with_who_and_why(self, as_moderator, moderator):
        first = DecisionFactory(actor=moderator, member__username="bob")
        second = DecisionFactory()

        page = as_moderator.get(LIST).content.decode()

        assert shown(as_moderator) == [second.pk, first.pk]
        assert first.reason in page
        assert 'href="/user/bob/"' in page
        assert 'href="/user/marta/"' in page
        assert "The operator" in page

    @pytest.mark.parametrize(
        ("kind", "goal"),
        [(Kind.HIDE_POST, "/post/7/"), (Kind.DISABLE_COMMENT, "/comment/7/")],
    )
    def test_leads_to_the_text(self, as_moderator, kind, goal):
        DecisionFactory(kind=kind, target_id=7)

        assert f'href="{goal}"' in as_moderator.get(LIST).content.decode()

    def test_keeps_showing_who_is_gone(self, as_moderator):
        decision = DecisionFactory(member__username="gone")
        decision.member.delete()

        page = as_moderator.get(LIST).content.decode()

        assert "gone" in page
        assert "/user/gone/" not in page
        assert as_moderator.get(f"{LIST}{decision.pk}/change/").status_code == 200

    def test_escapes_what_it_shows(self, as_moderator):
        decision = DecisionFactory(reason="<b>why</b>", before={"reason": "<i>was</i>"})

        pages = [
            as_moderator.get(address).content.decode()
            for address in [LIST, f"{LIST}{decision.pk}/change/"]
        ]

        assert not any("<b>why" in page or "<i>was" in page for page in pages)

    @pytest.mark.parametrize("rows", [1, 60])
    def test_costs_at_most_ten_queries_for_any_number_of_rows(
        self, as_moderator, moderator, rows, django_assert_max_num_queries
    ):
        member = UserFactory()
        for number in range(rows):
            DecisionFactory(
                kind=Kind.HIDE_POST, target_id=number, actor=moderator, member=member
            )

        with django_assert_max_num_queries(10):
            assert len(shown(as_moderator)) == min(rows, 50)

    def test_counts_no_further_than_it_must(self, as_moderator, monkeypatch):
        monkeypatch.setattr("flasky_site.lib.desk_lists.COUNTED_AT_MOST", 2)
        DecisionFactory.create_batch(3)

        assert as_moderator.get(LIST).context["cl"].result_count == 2


@pytest.mark.django_db
class TestDecisionFilters:
    def test_by_whom_and_about_whom_in_any_case(self, as_moderator, moderator, bob):
        wanted = DecisionFactory(actor=moderator, member=bob)
        DecisionFactory(actor=moderator)
        DecisionFactory(member=bob)

        assert shown(as_moderator, by="MARTA", about="Bob") == [wanted.pk]

    def test_by_a_name_that_nobody_bears_any_more(self, as_moderator):
        wanted = DecisionFactory(member__username="gone")
        DecisionFactory()
        wanted.member.delete()

        assert shown(as_moderator, about="Gone") == [wanted.pk]

    def test_by_kind_and_moment(self, as_moderator):
        DecisionFactory(created_at=timezone.now() - timedelta(days=40))
        wanted = DecisionFactory()
        DecisionFactory(kind=Kind.LIFT)
        day = timezone.now().date().isoformat()

        for moment in [{"lately": "week"}, {"from": day, "to": day}]:
            assert shown(as_moderator, kind="suspend", **moment) == [wanted.pk]

    def test_by_a_text_whose_page_of_the_record_leads_there(self, as_moderator):
        wanted = DecisionFactory(kind=Kind.HIDE_POST, target_id=7)
        DecisionFactory(kind=Kind.DISABLE_COMMENT, target_id=7)
        DecisionFactory(kind=Kind.HIDE_POST, target_id=8)

        page = as_moderator.get(f"{LIST}{wanted.pk}/change/").content.decode()

        assert f'href="{LIST}?post=7"' in page
        assert shown(as_moderator, post="7") == [wanted.pk]

    def test_by_what_was_decided_together(self, as_moderator):
        batch = uuid4()
        wanted = DecisionFactory.create_batch(2, batch=batch)
        DecisionFactory()

        assert shown(as_moderator, batch=str(batch)) == [
            row.pk for row in reversed(wanted)
        ]

    def test_offer_moderators_no_kind_that_they_cannot_find(
        self, as_moderator, as_administrator
    ):
        pages = [
            client.get(LIST).content.decode()
            for client in (as_moderator, as_administrator)
        ]

        assert ["?kind=change_role" in page for page in pages] == [False, True]
        assert all("?kind=suspend" in page for page in pages)

    @pytest.mark.parametrize("nonsense", ["x", "' OR 1=1", "\u0660", "9" * 30, "a\0"])
    def test_find_nothing_for_nonsense(self, as_moderator, nonsense):
        DecisionFactory()

        for name in ["batch", "by", "about", "post", "comment"]:
            assert shown(as_moderator, **{name: nonsense}) == []

    def test_by_whether_it_stands(self, as_moderator):
        undone = DecisionFactory()
        undoing = DecisionFactory(kind=Kind.LIFT, undoes=undone)

        assert shown(as_moderator, undone="yes") == [undone.pk]
        assert shown(as_moderator, undone="no") == [undoing.pk]

    def test_keep_the_other_filters_in_their_forms(self, as_moderator):
        page = as_moderator.get(LIST, {"undone": "no", "by": '"><b>'}).content.decode()

        assert '<input type="hidden" name="undone" value="no">' in page
        assert "<b>" not in page


@pytest.mark.django_db
class TestWhoReadsTheRecord:
    TEXT = Kind.HIDE_POST

    @pytest.mark.parametrize("role", [roles.MODERATOR, roles.ADMINISTRATOR])
    def test_moderators_read_what_anybody_decided_about_texts(
        self, as_moderator, administrator, role
    ):
        by, about = administrator, UserFactory(role=role)
        decision = DecisionFactory(kind=self.TEXT, target_id=1, actor=by, member=about)

        assert shown(as_moderator) == [decision.pk]

    @pytest.mark.parametrize("kind", sorted(Decision.ADMINISTRATIVE))
    def test_what_only_administrators_do_is_for_them(
        self, as_moderator, as_administrator, kind
    ):
        decision = DecisionFactory(kind=kind, before={"role": "mark"})

        assert shown(as_administrator) == [decision.pk]
        assert shown(as_moderator) == []
        assert sheet(as_moderator) == []
        assert as_moderator.get(f"{LIST}{decision.pk}/change/").status_code == 302

    def test_the_same_holds_on_the_pages_of_members_and_texts(
        self, as_moderator, as_administrator, bob
    ):
        DecisionFactory(kind=Kind.CHANGE_ROLE, member=bob, reason="rolemark")
        post = PostFactory(author=bob)

        for row in [f"accounts/user/{bob.pk}", f"blog/post/{post.pk}"]:
            address = f"/admin/{row}/change/"
            assert "rolemark" not in as_moderator.get(address).content.decode()
            assert "rolemark" in as_administrator.get(address).content.decode()

    def test_nobody_changes_or_deletes(self, as_administrator):
        decision = DecisionFactory()

        answers = [
            as_administrator.post(f"{LIST}{address}", {"post": "yes"}).status_code
            for address in [
                "add/",
                f"{decision.pk}/change/",
                f"{decision.pk}/delete/",
            ]
        ]

        assert answers == [403] * 3
        assert Decision.objects.get() == decision


@pytest.mark.django_db
class TestDecisionSheet:
    def test_holds_what_the_list_shows_with_the_same_filters(
        self, as_moderator, moderator
    ):
        undone = DecisionFactory(
            kind=Kind.HIDE_POST,
            target_id=7,
            actor=moderator,
            reason="Späm, \u202eagain\u202c",
        )
        DecisionFactory()
        undoing = DecisionFactory(kind=Kind.RESTORE_POST, target_id=7, undoes=undone)

        (row,) = sheet(as_moderator, by="marta")

        assert row["by"] == "marta"
        assert row["member"] == undone.member_name
        assert (row["post"], row["comment"]) == ("7", "")
        assert row["reason"] == undone.reason
        assert row["undone by"] == str(undoing.pk)
        assert len(sheet(as_moderator)) == 3

    @pytest.mark.parametrize(
        "reason", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\uff1d1"]
    )
    def test_holds_no_formula(self, as_moderator, reason):
        DecisionFactory(reason=reason)

        (row,) = sheet(as_moderator)

        assert row["reason"].startswith("'")

    def test_goes_past_what_is_read_at_once(self, as_moderator, monkeypatch):
        monkeypatch.setattr("accounts.record_admin._SENT_AT_ONCE", 2)
        wanted = DecisionFactory.create_batch(5)

        rows = sheet(as_moderator)

        assert [int(row["id"]) for row in rows] == [row.pk for row in reversed(wanted)]

    def test_holds_no_address(self, as_administrator, bob):
        DecisionFactory(member=bob)

        assert bob.email not in str(sheet(as_administrator))

    @pytest.mark.parametrize(
        "filters",
        [{"from": "soon"}, {"to": "9999-12-31"}, {"kind": "x"}, {"lately": "x"}],
    )
    def test_leads_back_to_the_list_for_filters_that_are_none(
        self, as_moderator, filters
    ):
        assert as_moderator.get(f"{LIST}export/", filters).status_code == 302
        assert as_moderator.get(LIST, filters).status_code == 302
