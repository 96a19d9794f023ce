"""A worker that is killed while it deletes what a member left."""

import signal

import pytest

from tests.scratch import scratch_site

POSTS = 2500
SAY_GOODBYE = f"""
from accounts.models import User
from blog.models import Comment, Post
from social.models import Follow
from social.services import delete_member

member, other = (User.objects.create_user(name, f"{{name}}@example.com")
                 for name in ("alice", "bob"))
posts = Post.objects.bulk_create(
    [Post(author=member, body="a", body_html="a") for _ in range({POSTS})]
)
Comment.objects.bulk_create(
    [Comment(author=other, post=post, body="a", body_html="a") for post in posts]
)
Follow.objects.create(follower=other, followed=member)
delete_member(actor=None, member=member)
"""
# Dies in the second batch of comments, when its rows are deleted and not committed.
WORK_AND_DIE = """
import os
import signal
from django.db import transaction
from flasky_site.lib import batches
from flasky_site.lib.worker import Worker

delete_some, begun = batches._delete_some, []

@transaction.atomic
def delete_and_die(rows):
    if deleted := delete_some(rows):
        begun.append(deleted)
    if len(begun) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return deleted

batches._delete_some = delete_and_die
Worker(batch=True, interval=0).run()
"""
LEFT = """
import json
from blog.models import Comment, Post
print(json.dumps([Post.objects.count(), Comment.objects.count()]))
"""
# What an hour that passes would do.
LOSE_WHAT_WAS_CUT_OFF = """
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from flasky_site.lib.worker import LOST_AFTER
DBTaskResult.objects.filter(status="RUNNING").update(
    started_at=timezone.now() - 2 * LOST_AFTER
)
"""
END = """
import json
from accounts.models import User
from blog.models import Comment, Post, PostBlock
from social.models import Follow
bob = User.objects.get()
print(json.dumps([
    bob.username, bob.comment_count, bob.following_count,
    Post.objects.count(), Comment.objects.count(), Follow.objects.count(),
    PostBlock.objects.counts(),
]))
"""


@pytest.fixture
def site(tmp_path, django_db_blocker):
    with django_db_blocker.unblock(), scratch_site(tmp_path) as site:
        yield site


@pytest.mark.usefixtures("db")
class TestKilledWorker:
    def test_goes_on_where_it_was(self, site):
        site.evaluate(SAY_GOODBYE)
        worker = site.start("shell", "--verbosity=0", "--command", WORK_AND_DIE)
        assert worker.wait() == -signal.SIGKILL
        assert site.evaluate(LEFT) == [POSTS - 1000, POSTS - 1000]

        site.evaluate(LOSE_WHAT_WAS_CUT_OFF)
        site.run("worker", "--batch")

        assert site.evaluate(END) == ["bob", 0, 0, 0, 0, 0, []]
