"""The door for a WSGI server: `events_app.wsgi:app`."""

import os

from events_app.app import create_app
from events_app.config import SettingError, read_settings
from events_app.schema import add_migrations

app = create_app(read_settings(os.environ))
add_migrations(app)
if not app.secret_key:
    raise SettingError("EVENTS_SECRET_KEY", "is required outside the demo")
