"""States, what they were when, the Contact Groups and the roster of Chairmanships."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from events_app.shared.database import Base

PARTICIPATING = "participating"
MEDITERRANEAN_PARTNER = "mediterranean-partner"
ASIAN_PARTNER = "asian-partner"
ROLES = (PARTICIPATING, MEDITERRANEAN_PARTNER, ASIAN_PARTNER)

DECIDED, CANDIDATE, UNDETERMINED = "decided", "candidate", "undetermined"
CHAIRMANSHIP_STATUSES = (DECIDED, CANDIDATE, UNDETERMINED)

INCOMING, OUTGOING, BOTH = "incoming", "outgoing", "both"


class Correctable:
    """A fact that came from a data file and may have been corrected in the application since."""

    corrected_at: Mapped[datetime | None]


class State(Correctable, Base):
    """A State, by its ISO 3166-1 alpha-2 code."""

    __tablename__ = "state"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    sort_name: Mapped[str] = mapped_column(String(80))
    former_names: Mapped[str] = mapped_column(String(200), default="")
    time_zone: Mapped[str] = mapped_column(String(64))


class Membership(Correctable, Base):
    """A role that a State holds from a first to a last day (none: until today)."""

    __tablename__ = "membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    state_code: Mapped[str] = mapped_column(ForeignKey("state.code"), index=True)
    role: Mapped[str] = mapped_column(String(30))
    valid_from: Mapped[date]
    precision: Mapped[str] = mapped_column(String(10))
    valid_to: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(300), default="")


class ContactGroup(Correctable, Base):
    """A Contact Group: whose Partners sit in it and which Chairmanship chairs it."""

    __tablename__ = "contact_group"

    key: Mapped[str] = mapped_column(String(30), primary_key=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    rule: Mapped[str] = mapped_column(String(10))
    partner_role: Mapped[str] = mapped_column(String(30))
    since: Mapped[date]
    quota: Mapped[int]


class Chairmanship(Correctable, Base):
    """The State that holds the Chairmanship in a year, as far as it is known."""

    __tablename__ = "chairmanship"
    __table_args__ = (CheckConstraint("(state_code IS NULL) = (status = 'undetermined')", name="status_fits"),)

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state_code: Mapped[str | None] = mapped_column(ForeignKey("state.code"))
    status: Mapped[str] = mapped_column(String(20))
    decided_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(300), default="")
