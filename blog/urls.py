from django.urls import path

from .views import posts

app_name = "blog"

urlpatterns = [
    path("post/<int:post_id>/", posts.post_detail, name="post_detail"),
]
