"""What the triggers of this app count, to be counted again by the operator."""

from accounts.models import User
from flasky_site.lib.counters import Counter, tally

from .models import Follow

COUNTERS = [
    Counter(
        User,
        "follower_count",
        lambda keys: tally(Follow.objects.filter(followed__in=keys), "followed"),
    ),
    Counter(
        User,
        "following_count",
        lambda keys: tally(Follow.objects.filter(follower__in=keys), "follower"),
    ),
]
