"""The door for a WSGI server: `events_app.wsgi:app`."""

import os

from events_app.app import create_app
from events_app.config import SettingError, read_settings

app = create_app(read_settings(os.environ))
if not app.secret_key:
    raise SettingError("EVENTS_SECRET_KEY", "is required outside the demo")
