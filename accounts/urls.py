from django.urls import path

from . import converters  # noqa: F401  It registers what stands below.
from .views import avatars, profiles

app_name = "accounts"

urlpatterns = [
    path("edit-profile/", profiles.ProfileEditView.as_view(), name="profile_edit"),
    path(
        "edit-profile/<int:member_id>/",
        profiles.MemberEditView.as_view(),
        name="member_edit",
    ),
    path("avatar/<int:member_id>.svg", avatars.avatar, name="avatar"),
    path(
        "avatar/<member_id:member_id>/<digest:digest>-<avatar_size:size>.webp",
        avatars.uploaded_avatar,
        name="uploaded_avatar",
    ),
    path("edit-profile/picture/", avatars.AvatarEditView.as_view(), name="avatar_edit"),
    path("edit-profile/picture/remove/", avatars.remove_avatar, name="avatar_remove"),
]
