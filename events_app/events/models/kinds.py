"""The facts that events refer to: kinds, topics, venues."""

from datetime import date, time

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from events_app.partnership.models import Correctable
from events_app.shared.database import Base


class Kind(Correctable, Base):
    """A kind of event: what is usual for it. `chairing` is group, host, chairmanship or none."""

    __tablename__ = "kind"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    level: Mapped[str] = mapped_column(String(40))
    usual_start: Mapped[time | None]
    usual_minutes: Mapped[int | None]
    usual_days: Mapped[int]
    groups: Mapped[str] = mapped_column(String(20))
    invites: Mapped[str] = mapped_column(String(20))
    chairing: Mapped[str] = mapped_column(String(20))
    visibility: Mapped[str] = mapped_column(String(20))
    rests_on: Mapped[str] = mapped_column(String(20), default="")
    is_ordinal: Mapped[bool] = mapped_column(default=False)
    is_transparent: Mapped[bool] = mapped_column(default=False)
    reminders: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)
    steps: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)
    names: Mapped[list["KindName"]] = relationship(order_by="KindName.valid_from", lazy="selectin")

    @property
    def is_all_day(self) -> bool:
        """Whether such an event usually has dates only."""
        return self.usual_start is None


class KindName(Base):
    """What a kind is called in English, for a group (empty: any), from a first to a last day."""

    __tablename__ = "kind_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind_key: Mapped[str] = mapped_column(ForeignKey("kind.key"), index=True)
    group_key: Mapped[str] = mapped_column(String(30), default="")
    name: Mapped[str] = mapped_column(String(120))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Topic(Correctable, Base):
    """A field of the OSCE's work."""

    __tablename__ = "topic"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    groups: Mapped[list["GroupTopic"]] = relationship(order_by="GroupTopic.position")


class GroupTopic(Base):
    """A topic that a Contact Group cares about most, in the group's own words."""

    __tablename__ = "group_topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_key: Mapped[str] = mapped_column(ForeignKey("contact_group.key"))
    topic_key: Mapped[str] = mapped_column(ForeignKey("topic.key"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))


class Venue(Correctable, Base):
    """A place that events often use: a room of the Hofburg, or a host city."""

    __tablename__ = "venue"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    city: Mapped[str] = mapped_column(String(80))
    state_code: Mapped[str] = mapped_column(ForeignKey("state.code"))
    time_zone: Mapped[str] = mapped_column(String(64))

    @property
    def is_city(self) -> bool:
        """Whether it is a host city, where many can meet at once."""
        return self.name == self.city

    @property
    def full_name(self) -> str:
        """The room with its city, or the city alone."""
        return self.name if self.is_city else f"{self.name}, {self.city}"
