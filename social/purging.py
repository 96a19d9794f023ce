"""What becomes of a member whose account is closed, in the background.

In the order of what others notice: posts, comments, follows, and the member at last.
Each step begins with what is still there, so it does not matter where the one before
ended, and two at once only help each other.
"""

from collections.abc import Iterator
from itertools import chain, islice

from accounts.models import User
from accounts.services import remove_account
from blog.services import purge_texts_of
from flasky_site.lib.batches import delete_in_batches

from .models import Follow

# A worker does so much of it before it turns to what came into the queue meanwhile:
# some seconds.
BATCHES_AT_ONCE = 50


def purge_member(*, member_id: int, batches: int = BATCHES_AT_ONCE) -> bool:
    """Delete some of what is left of a member, and return whether all is gone.

    Who has an account that is not closed keeps everything.
    """
    member = User.objects.filter(pk=member_id, is_active=False).first()
    if member is None:
        return True
    steps = chain(purge_texts_of(author=member), _purge_follows_of(member))
    done = sum(1 for _batch in islice(steps, batches))
    return done < batches and remove_account(member=member)


def _purge_follows_of(member: User) -> Iterator[int]:
    yield from delete_in_batches(Follow.objects.filter(followed=member))
    yield from delete_in_batches(Follow.objects.filter(follower=member))
