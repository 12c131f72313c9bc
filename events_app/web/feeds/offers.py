"""The ways in which a feed is offered: plain address, webcal, Google, Outlook, QR code."""

from dataclasses import dataclass
from urllib.parse import quote

import segno
from markupsafe import Markup

from events_app.web.access import settings
from events_app.web.context import language
from events_app.words.feeds import feed_description, feed_name
from events_app.words.languages import DEFAULT_LANGUAGE


@dataclass(frozen=True)
class Offer:
    """A feed as readers can subscribe to it; `key` is unique on the page."""

    key: str
    title: str
    description: str
    address: str

    @property
    def webcal(self) -> str:
        """The address that calendar programs open by themselves."""
        return "webcal://" + self.address.split("://", 1)[1]

    @property
    def google(self) -> str:
        """Where Google asks whether to add the feed."""
        return f"https://calendar.google.com/calendar/r?cid={quote(self.webcal, safe='')}"

    @property
    def outlook(self) -> str:
        """Where Outlook on the web asks whether to add the feed."""
        query = f"url={quote(self.address, safe='')}&name={quote(self.title, safe='')}"
        return f"https://outlook.office.com/calendar/0/addfromweb?{query}"

    @property
    def code(self) -> Markup:
        """The address as a QR code to be photographed, as SVG."""
        return Markup(segno.make(self.webcal, micro=False).svg_inline(scale=3, omitsize=True, title=self.title))


def public_offer(name: str) -> Offer:
    """Return the offer of a public feed in the language of the page."""
    address = f"{settings().base_url}/feeds/{name}.ics"
    if language() != DEFAULT_LANGUAGE:
        address += f"?lang={language()}"
    return Offer(name, feed_name(name, language()), feed_description(name, language()), address)


def personal_offer(label: str, token: str) -> Offer:
    """Return the offer of a personal feed, the only time that its token is known."""
    return Offer("personal", label, "", f"{settings().base_url}/feeds/{token}.ics")
