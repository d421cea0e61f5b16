# make demo     a running Samverk with invented people, on http://127.0.0.1:8000
# make test     everything, as CI runs it
# make check    the fast part of it, before every commit

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
SYSTEM_PACKAGES := chromium postgresql gettext nodejs npm
WORKERS ?= 2
ON_POSTGRES := tests/spec tests/access tests/integration tests/generative tests/unit/store
# What only turns pages and forms asks the database nothing that the others have not asked.
PAGES := --ignore-glob "*pages.py" --ignore tests/spec/c12_bad_input --ignore tests/access/test_routes.py
PAGES += --ignore tests/access/test_side_doors.py

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev system node demo test check lint types layers messages compile clean

help:
	@sed -n 's/^# //p' Makefile

setup: .venv/.core
	@$(MAKE) --no-print-directory compile

setup-dev: .venv/.dev
	@$(MAKE) --no-print-directory compile

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Samverk needs Python 3.11 or later."; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; echo "On Debian: apt-get install python3-venv"; exit 1; }

.venv/.core: requirements/core.txt pyproject.toml | .venv/bin/python
	$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements/core.txt
	$(BIN)/pip install -qq --disable-pip-version-check --no-index --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.core
	$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

system:
	@scripts/system $(SYSTEM_PACKAGES)

node: node_modules/.package-lock.json

node_modules/.package-lock.json: package-lock.json
	npm ci --no-progress --loglevel=error
	@touch $@

demo: setup
	$(BIN)/samverk demo --port $(PORT)

# Translations are compiled by Babel, so that the demo needs no gettext from the system.
compile:
	@if ls src/samverk/locale/*/LC_MESSAGES/django.po >/dev/null 2>&1; then $(BIN)/pybabel --quiet compile --directory src/samverk/locale --domain django; fi

messages: setup-dev
	scripts/messages
	@$(MAKE) --no-print-directory compile

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-dev
	$(BIN)/mypy

layers: setup-dev
	$(BIN)/lint-imports --no-cache

check: lint types layers
	$(BIN)/pytest -q -n $(WORKERS) -m "not slow" tests/unit tests/access

test: setup-dev system node lint types layers
	$(BIN)/pytest -q -n $(WORKERS) --ignore tests/browser
	$(BIN)/python tests/postgres.py $(BIN)/pytest -q -n $(WORKERS) -m "not slow" $(PAGES) $(ON_POSTGRES)
# A busy machine lets a browser wait too long: what failed is tried once more, alone, and has to pass then.
	$(BIN)/pytest -q -n $(WORKERS) tests/browser || $(BIN)/pytest -q --last-failed tests/browser

clean:
	rm -rf .venv node_modules build var .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find src -name '*.mo' -delete
	find src -name '*.egg-info' -prune -exec rm -rf {} +
