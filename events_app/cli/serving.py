"""`serve`, `web`, `worker`, `demo`: what runs until it is interrupted."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click
import waitress
from flask import Flask

from events_app.app import create_app, create_worker
from events_app.cli import cli, settings
from events_app.config import SettingError
from events_app.demo.start import clear_demo, mark_as_demo, open_demo
from events_app.worker.scheduler import run_ticking

HOST, PORT, THREADS = "127.0.0.1", 8000, 8
RESTART_AFTER = 2.0

host_option = click.option("--host", default=HOST, show_default=True, help="Address to listen on.")
port_option = click.option("--port", default=PORT, show_default=True, help="Port to listen on.")


@cli.command()
@host_option
@port_option
def serve(host: str, port: int) -> None:
    """Run web and worker on one machine."""
    app = create_app(settings())
    with _worker_beside():
        _listen(app, host, port)


@cli.command()
@host_option
@port_option
def web(host: str, port: int) -> None:
    """Run the web server alone."""
    _listen(create_app(settings()), host, port)


@cli.command()
def worker() -> None:
    """Run the worker alone: it derives and sends letters."""
    run_ticking(create_worker(settings()))


@cli.command()
@port_option
@click.option("--reset", is_flag=True, help="Start over with fresh data.")
def demo(port: int, reset: bool) -> None:
    """Run a demonstration with real facts and invented people, on this machine only."""
    folder = settings().instance_path
    if reset:
        clear_demo(folder)
    mark_as_demo(folder, port)
    app = create_app(settings())
    click.echo(open_demo(app))
    with _worker_beside():
        _listen(app, HOST, port)


def _listen(app: Flask, host: str, port: int) -> None:
    if not app.secret_key:
        raise SettingError("EVENTS_SECRET_KEY", "is required outside the demo")
    signal.signal(signal.SIGTERM, _stop)
    waitress.serve(app, host=host, port=port, threads=THREADS, ident=None, clear_untrusted_proxy_headers=True)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def _worker_beside() -> Iterator[None]:
    """Keep a worker running as a process of its own; one that ends is started again."""
    ending = threading.Event()
    keeper = threading.Thread(target=_keep_worker, args=(ending,), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        keeper.join(timeout=30)


def _keep_worker(ending: threading.Event) -> None:
    while not ending.is_set():
        process = subprocess.Popen([sys.executable, "-m", "events_app.cli", "worker"])
        while process.poll() is None and not ending.wait(0.5):
            pass
        if process.poll() is None:
            process.terminate()
            process.wait()
        ending.wait(RESTART_AFTER)
