from xml.etree import ElementTree

import feedparser


def read(client, address):
    """Return a feed after two parsers have found nothing wrong with it."""
    response = client.get(address)
    assert response.status_code == 200
    ElementTree.fromstring(response.content)
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    return parsed
