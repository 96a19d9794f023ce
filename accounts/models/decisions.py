from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import ParagraphsField
from accounts.querysets import DecisionQuerySet

from .users import REASON_MAX_LENGTH, User


class Decision(models.Model):
    """What somebody with a role did about a member or a text, and why.

    The record: triggers keep rows from being changed or deleted. They outlive whom they
    are about, so names are kept beside the ids.
    """

    class Kind(models.TextChoices):
        HIDE_POST = "hide_post", _("Hid a post")
        RESTORE_POST = "restore_post", _("Restored a post")
        EDIT_POST = "edit_post", _("Edited a post")
        DELETE_POST = "delete_post", _("Deleted a post")
        DISABLE_COMMENT = "disable_comment", _("Disabled a comment")
        ENABLE_COMMENT = "enable_comment", _("Enabled a comment")
        EDIT_COMMENT = "edit_comment", _("Edited a comment")
        DELETE_COMMENT = "delete_comment", _("Deleted a comment")
        SUSPEND = "suspend", _("Suspended a member")
        LIFT = "lift", _("Lifted a suspension")
        CONFIRM = "confirm", _("Confirmed an address by hand")
        UNCONFIRM = "unconfirm", _("Asked for confirmation again")
        RESEND = "resend", _("Sent the link to confirm again")
        CHANGE_ROLE = "change_role", _("Changed a role")
        END_SESSIONS = "end_sessions", _("Signed a member out everywhere")
        EDIT_MEMBER = "edit_member", _("Edited a member")
        DELETE_MEMBER = "delete_member", _("Deleted a member")
        RESET_FACTORS = "reset_factors", _("Took away second factors")

    # What only administrators do, and read about.
    ADMINISTRATIVE: ClassVar[frozenset[str]] = frozenset(
        {
            Kind.CONFIRM,
            Kind.CHANGE_ROLE,
            Kind.EDIT_MEMBER,
            Kind.DELETE_MEMBER,
            Kind.RESET_FACTORS,
        }
    )

    # Where its text is, for pages that link to what their reader may see.
    text_href = ""

    # Loaded by ``with_pages``.
    actor_page: str | None
    member_page: str | None

    kind = models.CharField(_("decision"), choices=Kind, max_length=20)
    # None: the operator, on the command line.
    actor = models.ForeignKey(
        User,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="decisions_made",
        null=True,
        verbose_name=_("by"),
    )
    actor_name = models.CharField(max_length=64, blank=True)
    # Whose account or whose text it is about.
    member = models.ForeignKey(
        User,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="decisions",
        verbose_name=_("member"),
    )
    member_name = models.CharField(max_length=64)
    # The id of a post or of a comment, by kind; None when it is about the member.
    target_id = models.BigIntegerField(_("text"), null=True)
    reason = ParagraphsField(_("reason"), max_length=REASON_MAX_LENGTH, blank=True)
    # The same for all that was decided by one press on a button.
    batch = models.UUIDField(default=uuid4, db_index=True)
    # What it was like before; never an address or a secret.
    before = models.JSONField(_("before"), default=dict)
    undoes = models.OneToOneField(
        "self",
        on_delete=models.DO_NOTHING,
        related_name="undone_by",
        null=True,
        verbose_name=_("undoes"),
    )
    created_at = models.DateTimeField(_("at"), default=timezone.now)

    objects: ClassVar[DecisionQuerySet] = DecisionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ()
        indexes = [
            # With the kind, so that those a moderator may read are counted without
            # looking into the rows.
            models.Index(
                fields=["member", "-id", "kind"], name="decision_about_member"
            ),
            models.Index(fields=["target_id", "-id"], name="decision_by_target"),
            models.Index(fields=["actor", "-id"], name="decision_by_actor"),
            models.Index(fields=["kind", "-id"], name="decision_by_kind"),
            models.Index(fields=["created_at"], name="decision_by_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.member_name}"

    @property
    def is_undone(self) -> bool:
        return hasattr(self, "undone_by")

    @property
    def is_administrative(self) -> bool:
        return self.kind in self.ADMINISTRATIVE

    @property
    def is_about_post(self) -> bool:
        return self.kind.endswith("_post")

    @property
    def is_about_comment(self) -> bool:
        return self.kind.endswith("_comment")
