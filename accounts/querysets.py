"""Which members there are, and who may see them."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.contrib.sessions.base_session import BaseSessionManager
from django.db.models import (
    Case,
    Count,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Upper
from django.utils import timezone

from . import roles
from .expressions import SortKey

if TYPE_CHECKING:
    # Named in strings below.
    from .models import Decision, ReservedUsername, Session, User  # noqa: F401

_LAST_CHARACTER = "\U0010ffff"


class NamedMixin:
    """For rows whose ``username`` is unique in any case."""

    def named(self, username: str) -> Self:
        """Limit to that name in whatever case, by the unique index."""
        aliased = self.alias(upper_name=Upper("username"))  # type: ignore[attr-defined]
        limited: Self = aliased.filter(upper_name=Upper(Value(username)))
        return limited

    def named_among(self, usernames: Iterable[str]) -> Self:
        """Limit to those names in whatever case, by the unique index."""
        aliased = self.alias(upper_name=Upper("username"))  # type: ignore[attr-defined]
        names = [username.upper() for username in usernames]
        limited: Self = aliased.filter(upper_name__in=names)
        return limited


class UserQuerySet(NamedMixin, QuerySet["User"]):
    def update(self, **values: Any) -> int:
        """Forget the hash of an address that changes here, also in ``bulk_update``.

        A blank one is made anew where it is needed.
        """
        # One of allauth's migrations changes addresses before there are hashes.
        if "email" in values and hasattr(self.model, "gravatar_hash"):
            values.setdefault("gravatar_hash", "")
        return super().update(**values)

    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def administrators(self) -> Self:
        """Limit to those who can log in and administer members."""
        able = self.filter(is_active=True, groups__name=roles.ADMINISTRATOR)
        return able.confirmed().exclude(self.suspended_q())

    @staticmethod
    def suspended_q() -> Q:
        """Return what makes a member suspended now; an end that has come counts."""
        ends = Q(suspended_until=None) | Q(suspended_until__gt=timezone.now())
        return Q(suspended_at__isnull=False) & ends

    def suspended(self) -> Self:
        return self.filter(self.suspended_q())

    def staff_with(self, role: str) -> Self:
        """Limit to those with that role, one of ``roles.STAFF_ROLES``.

        They are in an index of their own, which is short.
        """
        return self.filter(is_staff=True, groups__name=role)

    def with_role(self) -> Self:
        """Put ``role`` in place, the name of the one group a member is in."""
        return self.annotate(role=F("groups__name"))

    def never_confirmed(self, before: datetime) -> Self:
        """Limit to those who joined before ``before`` and left nothing since."""
        overdue = self.filter(
            confirmed_at=None, unconfirmed_at=None, date_joined__lt=before
        )
        return overdue.who_left_nothing()

    def who_left_nothing(self) -> Self:
        """Limit to those of whom there is neither a text nor a follow.

        What they could have left belongs to higher apps, known here by name alone.
        """
        return self.filter(posts=None, comments=None, following=None, followers=None)

    @staticmethod
    def public_q(member: str = "") -> Q:
        """Return what gives a page to a member; the way to them may be "author__"."""
        return Q(**{f"{member}is_active": True, f"{member}confirmed_at__isnull": False})

    def public(self) -> Self:
        """Limit to those whom lists show to everybody."""
        return self.filter(self.public_q())

    def visible_to(self, viewer: "User | AnonymousUser") -> Self:
        """Limit to the members whose pages ``viewer`` may open.

        Nobody has a page before they have confirmed their address, or when they are
        gone. That holds for every viewer so far.
        """
        return self.public()

    def with_row(self) -> Self:
        """Load what a row of a list shows, without what is long or secret."""
        return self.defer("password", "about_me")

    def with_desk_row(self, viewer: "User | AnonymousUser") -> Self:
        """Put beside each what the desk shows ``viewer``: role, record, sessions."""
        decisions: Any = self.model._meta.get_field("decisions").related_model
        count = decisions.objects.visible_to(viewer).counted_about("pk")
        return self.with_role().with_sessions().annotate(decision_count=count)

    def with_sessions(self) -> Self:
        """Put ``session_count`` in place: in how many browsers each is signed in."""
        sessions: Any = self.model._meta.get_field("sessions").related_model
        own = sessions._default_manager.filter(user=OuterRef("pk")).order_by()
        counted = own.values("user").values(count=Count("pk"))
        return self.annotate(session_count=Coalesce(Subquery(counted), 0))

    def beginning_with(self, text: str, *, field: str) -> Self:
        """Limit to those whose ``field`` begins so in any case, in its order.

        On SQLite letters other than A to Z are told apart by their case.
        """
        start, end = Upper(Value(text)), Upper(Value(text + _LAST_CHARACTER))
        people = self.alias(key=SortKey(field)).filter(key__gte=start, key__lt=end)
        return people.order_by("key", "pk")

    def known_as(self, username: str) -> "User | None":
        """Return who bears that name in whatever case, else who bore it before."""
        return self.named(username).first() or self.formerly_named(username).first()

    def formerly_named(self, username: str) -> Self:
        """Limit to the member who bore that name and has another one now."""
        return self.alias(upper_former=Upper("former_usernames__username")).filter(
            upper_former=Upper(Value(username))
        )

    def owning(self, email: str) -> Self:
        """Limit to those to whom ``email`` belongs: as their own, or proven by a link.

        Who has only typed it as their next address does not own it.
        """
        proven = Q(emailaddress__email=email.lower(), emailaddress__verified=True)
        return self.filter(Q(email=email) | proven).distinct()

    def others_owning(self, email: str, *, but: int | None) -> Self:
        """Limit to those who own ``email`` and have not the id ``but``."""
        return self.owning(email).exclude(pk=but)


class ReservedUsernameQuerySet(NamedMixin, QuerySet["ReservedUsername"]):
    def kept_from(self, user: "User") -> Self:
        """Limit to what ``user``, who may be new, must not be called."""
        in_force = self.exclude(held_until__lte=timezone.now())
        return in_force.exclude(user_id=user.pk) if user.pk else in_force

    def expired(self) -> Self:
        return self.filter(held_until__lte=timezone.now())


class DecisionQuerySet(QuerySet["Decision"]):
    """The record of what was decided, and which part of it is for whom."""

    def visible_to(self, viewer: "User | AnonymousUser") -> Self:
        """Limit to what ``viewer`` may read on the desk.

        Moderators read what became of texts, and what they could have done to a member
        themselves, whoever did it. Roles, profiles and the rest of an account are for
        administrators.
        """
        if viewer.has_perm("accounts.administer"):
            return self.all()
        if not viewer.has_perm("blog.moderate"):
            return self.none()
        return self.exclude(kind__in=self.model.ADMINISTRATIVE)

    def newest_first(self) -> Self:
        return self.order_by("-id")

    def with_pages(self) -> Self:
        """Put ``actor_page`` and ``member_page`` in place: whose pages they are now.

        They are the usernames of today, None for who has no page any more.
        """
        people = self._people().public()
        return self.with_undone().annotate(
            actor_page=Subquery(
                people.filter(pk=OuterRef("actor_id")).values("username")
            ),
            member_page=Subquery(
                people.filter(pk=OuterRef("member_id")).values("username")
            ),
        )

    def about(self, member: "User") -> Self:
        return self.filter(member=member)

    def why_away(self, kind: "Decision.Kind", text_ids: Iterable[int]) -> Self:
        """Limit to the last decision of ``kind`` about each of those texts."""
        last = self.filter(kind=kind, target_id__in=text_ids).order_by()
        ids = last.values("target_id").annotate(last=Max("id")).values("last")
        return self.filter(pk__in=ids)

    def counted_about(self, member: str) -> Coalesce:
        """Return how often was decided about the member in the column ``member``."""
        about = self.filter(member=OuterRef(member)).order_by().values("member")
        return Coalesce(Subquery(about.values(count=Count("id"))), 0)

    def about_post(self, post_id: int) -> Self:
        return self.filter(target_id=post_id, kind__endswith="_post")

    def about_comment(self, comment_id: int) -> Self:
        return self.filter(target_id=comment_id, kind__endswith="_comment")

    def with_undone(self) -> Self:
        """Load what tells whether each was taken back."""
        return self.select_related("undone_by")

    def undone(self) -> Self:
        return self.filter(undone_by__isnull=False)

    def standing(self) -> Self:
        """Limit to what nobody has taken back."""
        return self.filter(undone_by=None)

    def by_whom(self, username: str) -> Self:
        """Limit to what was done by who is, was or then was called ``username``."""
        return self._concerning("actor", username)

    def about_whom(self, username: str) -> Self:
        """Limit to what befell who is, was or then was called ``username``."""
        return self._concerning("member", username)

    def _people(self) -> "UserManager":
        member: Any = self.model.member
        people: UserManager = member.field.related_model.objects
        return people

    def _concerning(self, part: str, username: str) -> Self:
        """Find people by their ids, and those who are gone by the names kept here."""
        person = self._people().known_as(username)
        if person is not None:
            return self.filter(**{f"{part}_id": person.pk})
        return self.filter(**{f"{part}_name__iexact": username})


class UserManager(DjangoUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Django's manager, for ``create_user`` and ``createsuperuser``."""


class SessionQuerySet(QuerySet["Session"]):
    def with_member(self) -> Self:
        """Load whose each is, and put ``role`` in place, None for a visitor's."""
        return self.select_related("user").annotate(role=F("user__groups__name"))

    def alive(self) -> Self:
        return self.filter(expire_date__gt=timezone.now())

    def expired(self) -> Self:
        return self.filter(expire_date__lte=timezone.now())

    def this_first(self, session_key: str | None) -> Self:
        """Order by the moment of last use, but for the one with ``session_key``."""
        is_this = Case(When(session_key=session_key, then=1), default=0)
        return self.order_by(-is_this, "-last_seen_at")

    def others(self, session_key: str | None) -> Self:
        """Limit to those that are not the one with ``session_key``."""
        return self.exclude(session_key=session_key)


class SessionManager(BaseSessionManager.from_queryset(SessionQuerySet)):  # type: ignore[misc]
    """Django's manager of sessions."""
