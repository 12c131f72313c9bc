"""The house stands as the design draws it: imports lean one way, names say what things are, the tools are content."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from events_app.config import setting_table

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "events_app"
BIN = Path(sys.executable).parent
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "base"}
KNOWN_ONLY_IN = {
    "icalendar": ("ics",),
    "recurring_ical_events": ("ics",),
    "smtplib": ("mail/smtp.py",),
    "apscheduler": ("worker/scheduler.py",),
    "holidays": ("dates",),
    "waitress": ("cli",),
    "click": ("cli",),
}


def modules():
    return sorted(path for path in PACKAGE.rglob("*.py") if "versions" not in path.parts)


def imported_by(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def run(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)


def test_imports_lean_one_way():
    done = run(str(BIN / "lint-imports"), "--no-cache")
    assert done.returncode == 0, done.stdout


def test_ruff_has_nothing_to_say():
    done = run(str(BIN / "ruff"), "check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout


def test_everything_is_formatted():
    done = run(str(BIN / "ruff"), "format", "--no-cache", "--check", ".")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("library", KNOWN_ONLY_IN)
def test_a_library_is_known_only_where_it_belongs(library):
    homes = [PACKAGE / home for home in KNOWN_ONLY_IN[library]]
    strays = [
        str(path.relative_to(ROOT))
        for path in modules()
        if any(name.split(".")[0] == library for name in imported_by(path))
        and not any(path == home or home in path.parents for home in homes)
    ]
    assert strays == []


def test_no_module_has_a_name_that_says_nothing():
    vague = [str(path.relative_to(ROOT)) for path in modules() if {path.stem, path.parent.name} & VAGUE_NAMES]
    assert vague == []


def test_only_the_clock_asks_the_machine_for_the_time():
    asking = ("datetime.now(", "date.today(", "datetime.utcnow(", "time.time(")
    strays = [
        str(path.relative_to(ROOT))
        for path in modules()
        if path != PACKAGE / "shared" / "clock.py" and any(call in path.read_text("utf-8") for call in asking)
    ]
    assert strays == []


def test_every_test_file_has_a_name_of_its_own():
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))


def test_every_public_function_says_in_a_sentence_what_it_does():
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in modules()
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_the_readme_shows_every_setting_as_the_code_has_it():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("<!-- settings -->")[2].partition("<!-- /settings -->")[0]
    assert shown.strip() == settings_in_markdown()


def settings_in_markdown():
    rows = (
        f"| `{name}` | {f'`{default}`' if default else ''} | {meaning} |" for name, default, meaning in setting_table()
    )
    return "\n".join(["| variable | default | meaning |", "|---|---|---|", *rows])
