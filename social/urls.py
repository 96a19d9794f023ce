from django.urls import path
from django.views.generic import RedirectView

from accounts import converters  # noqa: F401  It registers what stands below.

from .views import departures, follows, home, news, people, profiles

app_name = "social"

urlpatterns = [
    path("", home.HomeView.as_view(), name="home"),
    path("all/", home.show_all, name="home_all"),
    path("followed/", home.show_followed, name="home_followed"),
    path("new-posts/", news.new_posts, name="new_posts"),
    path("user/<username:username>/", profiles.profile, name="profile"),
    path("follow/<username:username>/", follows.follow, name="follow"),
    path("unfollow/<username:username>/", follows.unfollow, name="unfollow"),
    path("followers/<username:username>/", people.follower_list, name="follower_list"),
    path(
        "following/<username:username>/", people.following_list, name="following_list"
    ),
    # Where the list was in Flasky's first life.
    path(
        "followed_by/<username:username>/",
        RedirectView.as_view(
            pattern_name="social:following_list", permanent=True, query_string=True
        ),
        name="followed_by",
    ),
    path(
        "edit-profile/<int:member_id>/delete/",
        departures.MemberDeleteView.as_view(),
        name="member_delete",
    ),
    path("people/", people.person_list, name="people"),
]
