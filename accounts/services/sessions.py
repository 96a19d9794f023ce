"""Where members are signed in, and how that ends."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import Session, User

# Sessions, and with them members, are seen at most this often, so that reading costs
# hardly any writes.
SEEN_EVERY = timedelta(minutes=1)


def note_seen(*, session_key: str, last_seen_at: datetime) -> None:
    """Move "last seen" of a session, and of its member, to now.

    Nothing happens within a minute of ``last_seen_at``, which was read with the
    session. A trigger moves the member's in the same statement.
    """
    now = timezone.now()
    if now - last_seen_at < SEEN_EVERY:
        return
    stale = Session.objects.filter(
        session_key=session_key, last_seen_at__lte=now - SEEN_EVERY
    )
    stale.update(last_seen_at=now)


def end_session(*, session: Session) -> None:
    """Sign out the browser behind ``session``; one that has ended is none the worse."""
    Session.objects.filter(session_key=session.session_key).delete()


def end_sessions(*, user: User, but: str | None = None) -> int:
    """Sign ``user`` out everywhere but in the session with the key ``but``.

    Return in how many browsers.
    """
    ended, _by_model = user.sessions.others(but).delete()
    return ended


def purge_sessions() -> None:
    """Delete sessions that have expired."""
    Session.objects.expired().delete()
