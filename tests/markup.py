"""What stands in a piece of HTML, for tests that look into it."""

import re
from html.parser import HTMLParser

from flasky_site.lib.markdown.cleaning import PROTOCOLS, TAGS, is_allowed

VOID = {"br", "hr"}


class Markup(HTMLParser):
    """The elements of ``html`` as (tag, attributes), and what is wrong with it."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements, self.offences, self._open = [], [], []
        self.feed(html)
        self.close()
        self.offences += [f"<{tag}> is left open" for tag in self._open]

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)
        if tag not in TAGS:
            self.offences.append(f"<{tag}>")
        for name, value in attrs:
            if not is_allowed(tag, name, value or ""):
                self.offences.append(f"<{tag} {name}={value!r}>")
            if name == "href" and not has_allowed_scheme(value):
                self.offences.append(value)

    def handle_endtag(self, tag):
        if not self._open or self._open.pop() != tag:
            self.offences.append(f"</{tag}> closes something else")

    def handle_comment(self, data):
        self.offences.append(f"<!--{data}-->")

    handle_decl = handle_pi = unknown_decl = handle_comment

    def find(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def has_allowed_scheme(address):
    """Say whether a browser, which drops blanks and controls, would call it allowed."""
    seen = re.sub(r"[\x00-\x20\x7f-\xa0]", "", address).lower()
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", seen)
    return scheme is None or scheme[1] in PROTOCOLS


def hrefs(html):
    return [link.get("href") for link in Markup(html).find("a")]
