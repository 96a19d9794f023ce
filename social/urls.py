from django.urls import path

from .views import home, profiles

app_name = "social"

urlpatterns = [
    path("", home.HomeView.as_view(), name="home"),
    path("user/<str:username>/", profiles.profile, name="profile"),
]
