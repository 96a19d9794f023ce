"""Reading the links in mails, as a person who clicks them."""

import re
from urllib.parse import urlsplit


def link_in(message, part):
    """Return the path of the link in ``message`` whose address holds ``part``."""
    found = re.findall(r"https?://\S+", message.body)
    links = [link for link in found if part in link]
    assert len(links) == 1, f"{part!r} is in {links}"
    return urlsplit(links[0]).path
