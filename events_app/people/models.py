"""Persons, the posts they hold in delegations, their sign-in links and sessions."""

from datetime import date, datetime, time

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from events_app.shared.database import Base

ADMINISTRATOR, CONTACT_POINT, DELEGATE = "administrator", "contact-point", "delegate"
POST_ROLES = (ADMINISTRATOR, CONTACT_POINT, DELEGATE)


class Person(Base):
    """Somebody who may sign in; the address is kept in lower case.

    In quiet hours, on the clocks of `time_zone`, letters wait; `lead_days` are the days before an event on which the
    person wants to be reminded (none: as the rules say).
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(2), default="en")
    time_zone: Mapped[str] = mapped_column(String(64), default="Europe/Vienna")
    is_secretary: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    lead_days: Mapped[list[int]] = mapped_column(JSON, default=list)
    posts: Mapped[list["Post"]] = relationship(back_populates="person", order_by="Post.id")


class Post(Base):
    """A role in a delegation, held from a first to a last day (none: until further notice)."""

    __tablename__ = "post"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    state_code: Mapped[str] = mapped_column(ForeignKey("state.code"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    person: Mapped[Person] = relationship(back_populates="posts")


class SignInRequest(Base):
    """Somebody asked for a link; the worker answers it if the address belongs to anybody, and forgets it."""

    __tablename__ = "sign_in_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(254))
    asked_at: Mapped[datetime]


class SignInLink(Base):
    """A one-time link; only the digest of its secret is kept."""

    __tablename__ = "sign_in_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInSession(Base):
    """A signed-in browser; only the digest of its secret is kept."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    program: Mapped[str] = mapped_column(String(60), default="")
    ended_at: Mapped[datetime | None]
