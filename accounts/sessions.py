"""Where sessions are kept (``SESSION_ENGINE``) and what each knows of its beginning.

Django's own engine with a table that says whose session a row is, so that a member sees
where they are signed in and can end it.
"""

import ipaddress
import time
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, NotRequired, TypedDict

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.authentication import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from flasky_site.lib.prepared import prepared

from . import services
from .backends import remember_role
from .devices import name_device
from .models import Session, User

ORIGIN_KEY = "origin"
# What changes when a phone walks from one cell to the next is not another network.
_NETWORK_PREFIX = {4: 24, 6: 48}
_LONGEST_BROWSER = 300


class Origin(TypedDict):
    """What a request tells about the browser and the network that it comes from."""

    browser: str
    ip: str
    network: str
    # ISO 8601.
    signed_in_at: NotRequired[str]


@prepared
def _found_by(session_key: str) -> "QuerySet[Session]":
    return Session.objects.filter(session_key=session_key).with_member()


class SessionStore(DatabaseSessionStore):
    """Notes whose a session is, and when it was last used."""

    # As it was read from the database, or None for a session without a row yet.
    last_seen_at: datetime | None = None
    # Whose it was when it was read, their permissions known.
    member: User | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session: Session = super().create_model_instance(data)  # type: ignore[assignment]
        session.user_id = data.get(SESSION_KEY)
        return session

    def _get_session_from_db(self) -> Session | None:
        """Return the row unless it has expired, and read its member beside it."""
        for session in _found_by(self.session_key or ""):
            if session.expire_date > timezone.now():
                self.last_seen_at, self.member = session.last_seen_at, session.user
                if session.user:
                    remember_role(session.user, session.role)
                return session
        self._session_key = None
        return None


def origin_of(request: HttpRequest) -> Origin:
    """Return where ``request`` comes from; what cannot be told is empty."""
    try:
        ip = get_adapter().get_client_ip(request)
        version = ipaddress.ip_address(ip).version
        prefix = _NETWORK_PREFIX[version]
        network = str(ipaddress.ip_network(f"{ip}/{prefix}", strict=False))
    except (PermissionDenied, ValueError):
        ip = network = ""
    browser = request.headers.get("User-Agent", "")[:_LONGEST_BROWSER]
    return {"browser": browser, "ip": ip, "network": network}


def begin_session(request: HttpRequest) -> None:
    """Note when and where somebody signed in."""
    request.session[ORIGIN_KEY] = {
        **origin_of(request),
        "signed_in_at": timezone.now().isoformat(),
    }


def has_moved(request: HttpRequest) -> bool:
    """Say whether a member's session comes from another browser or network than ever.

    Always False for visitors.
    """
    known = request.session.get(ORIGIN_KEY)
    if known is None:
        return False
    now = origin_of(request)
    return (known["browser"], known["network"]) != (now["browser"], now["network"])


def distrust(request: HttpRequest) -> None:
    """Ask for the password before the next dangerous act, and go on from here."""
    request.session.pop(AUTHENTICATION_METHODS_SESSION_KEY, None)
    known: Origin = request.session[ORIGIN_KEY]
    request.session[ORIGIN_KEY] = {**known, **origin_of(request)}


def note_use(request: HttpRequest) -> None:
    """Note that the session is in use; one that has just begun is new enough."""
    session = request.session
    if isinstance(session, SessionStore) and session.last_seen_at:
        services.note_seen(
            session_key=session.session_key or "", last_seen_at=session.last_seen_at
        )


def is_fresh(request: HttpRequest) -> bool:
    """Say whether its owner proved a moment ago that it is them.

    By a password, a code or a passkey, to sign in or since, within the last
    ``ACCOUNT_REAUTHENTICATION_TIMEOUT`` seconds.
    """
    records = get_authentication_records(request, request.user)
    latest = max((record["at"] for record in records), default=0)
    return bool(time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT)


@dataclass(frozen=True)
class Browser:
    """One of the places where a member is signed in, as they know it."""

    # Stands for the session on the page; its key would let others take it over.
    handle: str
    device: str
    ip: str
    signed_in_at: datetime | None
    last_seen_at: datetime
    is_this: bool


def find_session(user: User, handle: str) -> Session | None:
    """Return the session of ``user`` that ``handle`` stands for."""
    found = (row for row in user.sessions.all() if _handle_of(row) == handle)
    return next(found, None)


def _handle_of(session: Session) -> str:
    return sha256(session.session_key.encode()).hexdigest()[:32]


def describe_session(session: Session, request: HttpRequest) -> Browser:
    """Return what the member behind ``request`` may read of their ``session``."""
    origin: Origin | dict[str, str] = session.get_decoded().get(ORIGIN_KEY, {})
    signed_in_at = origin.get("signed_in_at")
    return Browser(
        handle=_handle_of(session),
        device=name_device(str(origin.get("browser", ""))),
        ip=str(origin.get("ip", "")),
        signed_in_at=datetime.fromisoformat(signed_in_at) if signed_in_at else None,
        last_seen_at=session.last_seen_at,
        is_this=session.session_key == request.session.session_key,
    )
