"""What the worker does about members who leave."""

from django_tasks import task

from . import purging


@task()
def purge_member(member_id: int) -> None:
    """Delete some of what they left, and put the rest into the queue."""
    if not purging.purge_member(member_id=member_id):
        purge_member.enqueue(member_id)
