"""How a decision is told to whom it befell."""

from django import template
from django.utils.translation import gettext_lazy as _

from accounts.models import Decision

register = template.Library()

Kind = Decision.Kind
_TOLD = {
    Kind.HIDE_POST: _("A post of yours was hidden."),
    Kind.RESTORE_POST: _("A post of yours is public again."),
    Kind.EDIT_POST: _("A post of yours was edited."),
    Kind.DELETE_POST: _("A post of yours was deleted."),
    Kind.DISABLE_COMMENT: _("A comment of yours was disabled."),
    Kind.ENABLE_COMMENT: _("A comment of yours is public again."),
    Kind.EDIT_COMMENT: _("A comment of yours was edited."),
    Kind.DELETE_COMMENT: _("A comment of yours was deleted."),
    Kind.SUSPEND: _("Your account was suspended."),
    Kind.LIFT: _("Your account is not suspended any more."),
    Kind.CONFIRM: _("Your e-mail address was confirmed for you."),
    Kind.UNCONFIRM: _("You were asked to confirm your e-mail address again."),
    Kind.RESEND: _("The link that confirms your address was sent again."),
    Kind.CHANGE_ROLE: _("Your role was changed."),
    Kind.END_SESSIONS: _("You were logged out everywhere."),
    Kind.EDIT_MEMBER: _("Your profile or your account was edited."),
    Kind.DELETE_MEMBER: _("Your account was deleted."),
    Kind.RESET_FACTORS: _("Your second step was taken away."),
}
_REMEDIES = {
    Kind.HIDE_POST: _(
        "You and moderators can still read it. You can edit it and ask for it to be "
        "restored, or delete it."
    ),
    Kind.DISABLE_COMMENT: _(
        "You and moderators can still read it. You can edit it and ask for it to be "
        "enabled, or delete it."
    ),
    Kind.EDIT_POST: _("You can edit it again."),
    Kind.EDIT_COMMENT: _("You can edit it again."),
    Kind.EDIT_MEMBER: _("You can edit your profile again."),
    Kind.UNCONFIRM: _(
        "Open the link in the mail that you were sent, or ask for another."
    ),
    Kind.END_SESSIONS: _("If you do not know why, change your password."),
    Kind.RESET_FACTORS: _("You can set one up again under Security."),
}


@register.filter
def told(decision: Decision) -> str:
    """Return what happened in a sentence that names nobody."""
    return str(_TOLD[Kind(decision.kind)])


@register.filter
def remedy(decision: Decision) -> str:
    """Return what the member can do about it, "" when it is over or nothing."""
    if decision.is_undone:
        return ""
    return str(_REMEDIES.get(Kind(decision.kind), ""))


@register.filter
def text_name(decision: Decision) -> str:
    """Return what to call the post or comment, "" when it is about the account."""
    if decision.target_id is None:
        return ""
    name = _("Post %d") if decision.is_about_post else _("Comment %d")
    return name % decision.target_id
