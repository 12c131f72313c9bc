"""Lets `python -m events_app.cli` run the command line."""

from events_app.cli import main

main()
