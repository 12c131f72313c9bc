"""The Flask extension objects, and the one way to commit."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy.orm import Session

from events_app.shared.database import Base

db = SQLAlchemy(metadata=Base.metadata)
csrf = CSRFProtect()
limiter = Limiter(get_remote_address, headers_enabled=False)


@contextmanager
def transaction() -> Iterator[Session]:
    """Give the request's session and commit once at the end; any error rolls everything back."""
    try:
        yield db.session()
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def begin_writing() -> None:
    """Open the request's transaction as a writing one, so that writers queue at its start (SQLite)."""
    db.session().connection(execution_options={"writes": True})
