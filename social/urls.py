from django.urls import path, register_converter

from accounts.converters import UsernameConverter

from .views import home, profiles

register_converter(UsernameConverter, "username")

app_name = "social"

urlpatterns = [
    path("", home.HomeView.as_view(), name="home"),
    path("user/<username:username>/", profiles.profile, name="profile"),
]
