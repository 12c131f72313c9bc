"""Whose people may this reader see and manage? Asked of a delegation, by the code of its State."""

from events_app.people.models import ADMINISTRATOR, CONTACT_POINT, DELEGATE
from events_app.rights.models import Reader

MANAGED_ROLES = (CONTACT_POINT, DELEGATE)


def may_see_people(reader: Reader, code: str) -> bool:
    """Return whether a reader may see everybody of a delegation: its own people, and secretaries."""
    return reader.is_secretary or code in reader.state_codes


def may_see_contacts(reader: Reader) -> bool:
    """Return whether a reader may see who the contact points of other delegations are: everybody signed in."""
    return not reader.is_public


def roles_to_give(reader: Reader, code: str) -> tuple[str, ...]:
    """Return the roles a reader may give in a delegation: administrators are appointed by secretaries alone."""
    if reader.is_secretary:
        return (ADMINISTRATOR, *MANAGED_ROLES)
    return MANAGED_ROLES if code in reader.administered_codes else ()


def may_manage(reader: Reader, code: str, role: str) -> bool:
    """Return whether a reader may give, change or end a role in a delegation."""
    return role in roles_to_give(reader, code)
