"""The tests with real mail servers ask for a worker too."""

import runpy
from pathlib import Path

start_worker = runpy.run_path(str(Path(__file__).parents[2] / "worker" / "conftest.py"))["start_worker"]
