"""Template filters that say what somebody may do: ``user|can_edit_post:post``."""

from django import template

from blog import permissions

register = template.Library()

for _permission in (
    permissions.can_close_comments,
    permissions.can_edit_comment,
    permissions.can_edit_post,
):
    register.filter(_permission.__name__, _permission)
