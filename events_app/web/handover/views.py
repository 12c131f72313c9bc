"""The handover: one page, and on paper one document, for the Chairmanship that takes over."""

from flask import Blueprint, render_template

from events_app.rights.handover import may_see_handover
from events_app.web.access import CONTACT_POINT, current_reader, now, open_to, refuse
from events_app.web.handover import sheet

handover = Blueprint("handover", __name__)
handover.add_app_template_global(sheet.handover_years)


@handover.get("/handover/<int:year>")
@open_to(CONTACT_POINT)
def page(year: int) -> str:
    """Show what the Chairmanship of a year takes over, from the day it is decided."""
    if not may_see_handover(current_reader(), year, now()):
        refuse(404, "see-handover")
    chair = current_reader().partnership.chairmanship(year, now().date())
    return render_template("handover/page.html", year=year, chair=chair, sheet=sheet)
