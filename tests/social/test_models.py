import pytest
from django.db import IntegrityError, transaction

from tests.factories import FollowFactory


@pytest.mark.django_db
class TestFollow:
    def test_is_once(self):
        follow = FollowFactory()

        with pytest.raises(IntegrityError), transaction.atomic():
            FollowFactory(follower=follow.follower, followed=follow.followed)

    def test_is_of_somebody_else(self, alice):
        with pytest.raises(IntegrityError), transaction.atomic():
            FollowFactory(follower=alice, followed=alice)
