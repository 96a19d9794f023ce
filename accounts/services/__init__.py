"""How members change. Keyword-only, transactional, and the same for every way in."""

from .addresses import note_address, propose_address, replace_address
from .administration import edit_member
from .avatars import change_avatar, delete_stray_files, remove_avatar
from .decisions import (
    Ruling,
    decided_anew,
    new_decision,
    record_decisions,
    refuse_above,
    refuse_without,
    wait_for_turn,
)
from .departures import close_account, remove_account
from .importing import import_users
from .members import admit_user, confirm_user, purge_unconfirmed_users
from .moderation import (
    change_roles,
    confirm_members,
    lift_suspensions,
    resend_confirmations,
    sign_out_members,
    suspend_members,
    unconfirm_members,
)
from .profiles import edit_profile
from .roles import assign_role, assign_roles, repair_roles
from .second_factors import note_second_factors, reset_second_factors
from .sessions import end_session, end_sessions, note_seen, purge_sessions
from .tokens import (
    TOKEN_LASTS_AT_MOST,
    create_token,
    note_token_used,
    purge_tokens,
    revoke_token,
    revoke_tokens,
)
from .undoing import UNDONE_HERE, undo_member_decisions
from .usernames import (
    hold_username,
    purge_expired_holds,
    refuse_reserved_username,
    rename_user,
)

__all__ = [
    "TOKEN_LASTS_AT_MOST",
    "UNDONE_HERE",
    "Ruling",
    "admit_user",
    "assign_role",
    "assign_roles",
    "change_avatar",
    "change_roles",
    "close_account",
    "confirm_members",
    "confirm_user",
    "create_token",
    "decided_anew",
    "delete_stray_files",
    "edit_member",
    "edit_profile",
    "end_session",
    "end_sessions",
    "hold_username",
    "import_users",
    "lift_suspensions",
    "new_decision",
    "note_address",
    "note_second_factors",
    "note_seen",
    "note_token_used",
    "propose_address",
    "purge_expired_holds",
    "purge_sessions",
    "purge_tokens",
    "purge_unconfirmed_users",
    "record_decisions",
    "refuse_above",
    "refuse_reserved_username",
    "refuse_without",
    "remove_account",
    "remove_avatar",
    "rename_user",
    "repair_roles",
    "replace_address",
    "resend_confirmations",
    "reset_second_factors",
    "revoke_token",
    "revoke_tokens",
    "sign_out_members",
    "suspend_members",
    "unconfirm_members",
    "undo_member_decisions",
    "wait_for_turn",
]
