"""What the worker does about mail."""

from django_tasks import task, task_backends

from . import delivery


@task()
def deliver_mail(mail_id: int) -> None:
    """Try to send a message and, if that failed, put the next attempt into the queue.

    Without a queue nobody comes back: it waits for "send again" in the admin.
    """
    due_at = delivery.deliver(mail_id=mail_id)
    if due_at and task_backends[deliver_mail.backend].supports_defer:
        deliver_mail.using(run_after=due_at).enqueue(mail_id)
