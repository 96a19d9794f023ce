"""What browser a person recognises in a User-Agent header."""

from django.utils.translation import gettext as _
from ua_parser import parse


def name_device(user_agent: str) -> str:
    """Return "Firefox on Linux", or as much of it as can be told."""
    found = parse(user_agent)
    browser = found.user_agent.family if found.user_agent else ""
    system = found.os.family if found.os else ""
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown browser")
