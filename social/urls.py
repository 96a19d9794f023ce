from django.urls import path

from accounts import converters  # noqa: F401  It registers what stands below.

from .views import home, profiles

app_name = "social"

urlpatterns = [
    path("", home.HomeView.as_view(), name="home"),
    path("user/<username:username>/", profiles.profile, name="profile"),
]
