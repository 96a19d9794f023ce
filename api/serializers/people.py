"""Members in JSON.

What is shown is written out by hand: the fields say it to the document, and a list
costs half of what going through them would.
"""

from typing import Any, ClassVar

from rest_framework import serializers

from accounts.avatars import avatar_url
from accounts.models import User
from api.fields import LineField, ParagraphsField
from social.models import Follow

from .base import Strict, moment

_PICTURE = 128


class UserSerializer(Strict):
    """A member as everybody sees them."""

    id = serializers.IntegerField(read_only=True)
    url = serializers.URLField(read_only=True)
    username = serializers.CharField(read_only=True)
    name = LineField(max_length=64, allow_blank=True, required=False)
    location = LineField(max_length=64, allow_blank=True, required=False)
    about_me = ParagraphsField(max_length=2000, allow_blank=True, required=False)
    avatar_url = serializers.URLField(read_only=True)
    member_since = serializers.DateTimeField(read_only=True)
    last_seen = serializers.DateTimeField(read_only=True)
    posts_url = serializers.URLField(read_only=True)
    timeline_url = serializers.URLField(read_only=True)
    followers_url = serializers.URLField(read_only=True)
    following_url = serializers.URLField(read_only=True)
    post_count = serializers.IntegerField(read_only=True)
    follower_count = serializers.IntegerField(read_only=True)
    following_count = serializers.IntegerField(read_only=True)

    def to_representation(self, instance: User) -> dict[str, Any]:
        url = self.links.user(instance.pk)
        return {
            "id": instance.pk,
            "url": url,
            "username": instance.username,
            "name": instance.name,
            "location": instance.location,
            "about_me": instance.about_me,
            "avatar_url": self.links.whole(avatar_url(instance, _PICTURE)),
            "member_since": moment(instance.date_joined),
            "last_seen": moment(instance.last_seen_at),
            "posts_url": f"{url}/posts/",
            "timeline_url": f"{url}/timeline/",
            "followers_url": f"{url}/followers/",
            "following_url": f"{url}/following/",
            "post_count": instance.post_count,
            "follower_count": instance.follower_count,
            "following_count": instance.following_count,
        }


class MeSerializer(UserSerializer):
    """Oneself: the address too, which nobody else is told."""

    email = serializers.EmailField(read_only=True)
    editable: ClassVar = ("name", "location", "about_me")

    def to_representation(self, instance: User) -> dict[str, Any]:
        return {**super().to_representation(instance), "email": instance.email}


class FollowSerializer(Strict):
    """One end of a follow, and since when it is."""

    since = serializers.DateTimeField(read_only=True)
    user = UserSerializer(read_only=True)

    def to_representation(self, instance: Follow) -> dict[str, Any]:
        # The end that was loaded with the row is the one to show.
        cached = instance._state.fields_cache
        people = UserSerializer(context=self.context)
        person = cached.get("follower") or cached["followed"]
        return {
            "since": moment(instance.created_at),
            "user": people.to_representation(person),
        }
