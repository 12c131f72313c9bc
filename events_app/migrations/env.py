"""Alembic's door: migrates the database of the application that is running."""

from alembic import context
from flask import current_app

from events_app.shared.database import Base

engine = current_app.extensions["migrate"].db.engine

with engine.execution_options(writes=True).connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
