PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo demo-reset test check lint types clean

# The demonstration: web and worker on this machine, until interrupted.
demo: .venv/.installed
	$(BIN)/events-app demo --port $(PORT)

demo-reset: .venv/.installed
	$(BIN)/events-app demo --port $(PORT) --reset

# Two at a time: browser, mail servers and processes wait more than they compute.
test: .venv/.installed-for-tests
	$(BIN)/python -m pytest -n 2

check: lint types test

lint: .venv/.installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.installed-for-tests
	$(BIN)/mypy

clean:
	rm -rf .venv

.venv/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; say PYTHON=/path/to/python3")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/.installed-for-tests: .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@
