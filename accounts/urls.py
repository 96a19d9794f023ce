from django.urls import path

from .views import avatars

app_name = "accounts"

urlpatterns = [
    path("avatar/<int:member_id>.svg", avatars.avatar, name="avatar"),
]
