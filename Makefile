PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo demo-reset test eyes faults letters readers check lint types clean

# The demonstration: web and worker on this machine, until interrupted.
demo: .venv/.installed
	$(BIN)/events-app demo --port $(PORT)

demo-reset: .venv/.installed
	$(BIN)/events-app demo --port $(PORT) --reset

# Three at a time, on two cores too: browser, mail servers and processes wait while others compute.
test: .venv/.installed-for-tests
	$(BIN)/python -m pytest -n 3

# Servers that fail, workers that are killed by the hundred, every time zone there is, and on PostgreSQL too what is
# the same on SQLite: minutes, then a table.
faults: .venv/.installed-for-tests
	$(BIN)/python -m pytest -n 2 -m 'faults or not faults' tests/faults tests/worker tests/mail/incoming tests/backup tests/demo tests/eyes/test_all_zones_others_read.py

# What calendar programs that are not ours see in our feeds, as a table; and the wheel in an empty environment.
eyes: .venv/.installed-for-tests readers
	$(BIN)/python -m pytest -n 2 -m 'not faults' tests/eyes tests/packaging

# Pictures and texts of every letter in build/letters/, and the sheets of docs/letters.md anew. It needs Chromium.
letters: .venv/.installed-for-tests
	EVENTS_GALLERY=build/letters $(BIN)/python -m pytest tests/stories/test_every_letter.py
	cp build/letters/letters-en.png build/letters/letters-ar.png docs/

# Those programs, from npm and PyPI; a test skips what is not there. They need Node.js and Debian's libical3.
readers: tests/eyes/node_modules/.installed .venv-clients/.installed

check: lint types test

lint: .venv/.installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.installed-for-tests
	$(BIN)/mypy

# How quickly feeds are served, letters go out and dates are found; figures of one run, to compare with each other. No test.
.PHONY: bench
bench: .venv/.installed
	$(BIN)/python bench/feeds.py
	$(BIN)/python bench/mail.py
	$(BIN)/python bench/letters.py
	$(BIN)/python bench/planning.py

clean:
	rm -rf .venv .venv-clients tests/eyes/node_modules

.venv/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; say PYTHON=/path/to/python3")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/.installed-for-tests: .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

tests/eyes/node_modules/.installed: tests/eyes/package.json
	npm install --prefix tests/eyes --no-save --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel error
	@touch $@

# An environment of their own: they pin other versions of what we use.
.venv-clients/.installed: tests/eyes/clients.txt
	$(PYTHON) -m venv .venv-clients
	.venv-clients/bin/python -m pip install --quiet --disable-pip-version-check -r tests/eyes/clients.txt
	@touch $@
