# make demo     a running Samverk with invented people, on http://127.0.0.1:8000
# make test     everything, as CI runs it
# make check    the fast part of it, before every commit

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
SYSTEM_PACKAGES := chromium postgresql gettext nodejs npm
WORKERS ?= 2
# What takes longest first, so that no worker waits for another at the end.
ON_POSTGRES := tests/generative tests/spec tests/unit/store tests/access/test_permit.py
ON_POSTGRES += $(addprefix tests/integration/test_,cli.py database.py log_sequencer.py second_lock.py stories.py)
ON_POSTGRES += tests/attacks/test_05_calendar.py tests/attacks/test_07_side_doors.py
# What only turns pages and forms asks the database nothing that the others have not asked.
PAGES := --ignore-glob "*pages.py" --ignore tests/spec/c12_bad_input
LIBRARIES := tests/evaluation tests/fates

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev spark system node demo test check lint types layers messages compile clean

help:
	@sed -n 's/^# //p' Makefile

setup: .venv/.core
	@$(MAKE) --no-print-directory compile

setup-dev: .venv/.dev .venv/.evaluation
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

.venv/.evaluation: requirements/evaluation.txt .venv/.dev
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/evaluation.txt
	@touch $@

# Spark is large, and of no use without Java: the tests that need it say so when they are left out.
spark: .venv/.evaluation
	@if command -v java >/dev/null; then $(MAKE) --no-print-directory .venv/.spark; else echo "No Java: Spark is not tested."; fi

.venv/.spark: requirements/evaluation-spark.txt .venv/.evaluation
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/evaluation-spark.txt
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
	$(BIN)/pytest -q -n $(WORKERS) --ignore tests/browser $(addprefix --ignore ,$(LIBRARIES))
	$(BIN)/pytest -q -n $(WORKERS) -m "not slow" $(LIBRARIES)
	$(BIN)/python tests/postgres.py $(BIN)/pytest -q -n $(WORKERS) -m "not slow" $(PAGES) $(ON_POSTGRES)
# A busy machine lets a browser wait too long: what failed is tried once more, alone, and has to pass then.
	$(BIN)/pytest -q -n $(WORKERS) tests/browser || $(BIN)/pytest -q --last-failed tests/browser

# The pure libraries' long tests too: coverage of intervals, SimPy, Spark where there is Java.
.PHONY: test-libraries
test-libraries: setup-dev spark
	$(BIN)/pytest -q -n $(WORKERS) $(LIBRARIES)

# SimPy, numpy and ours live the same lives; the machine should be quiet.
.PHONY: bench-fates
bench-fates: setup-dev
	$(BIN)/python -m bench.fates

# pandas, Polars, DuckDB and ours give the same figures; SIZE=6000000 is a nation, against Polars alone.
SIZE ?= 300000
.PHONY: bench-evaluation
bench-evaluation: setup-dev
	$(BIN)/python -m bench.evaluation --size $(SIZE)

# Every mutant of the rule of the door and its fate: of decide(), of the SQL, of row security. docs/proof.md.
.PHONY: mutants
mutants: setup-dev
	$(BIN)/python -m bench.door_mutants
	$(BIN)/python tests/postgres.py $(BIN)/python -m bench.door_mutants

# The long proof, in pieces that are taken up again where they stopped: SECONDS of each kind. var/soak-door.json.
SECONDS ?= 600
.PHONY: soak-door
soak-door: setup-dev
	$(BIN)/python -m bench.door_soak memory --seconds $(SECONDS)
	$(BIN)/python -m bench.door_soak sql --seconds $(SECONDS)
	$(BIN)/python tests/postgres.py $(BIN)/python -m bench.door_soak sql --seconds $(SECONDS)
	$(BIN)/python tests/postgres.py $(BIN)/python -m bench.door_soak policy --seconds $(SECONDS)
	$(BIN)/python -m bench.door_soak race --seconds $(SECONDS)
	$(BIN)/python tests/postgres.py $(BIN)/python -m bench.door_soak race --seconds $(SECONDS)

# What the door costs among PEOPLE people with ten times as many items; the machine should be quiet.
PEOPLE ?= 100000
.PHONY: bench-door
bench-door: setup-dev
	$(BIN)/python -m bench.door --people $(PEOPLE)
	$(BIN)/python tests/postgres.py $(BIN)/python -m bench.door --people $(PEOPLE)
	$(BIN)/python -m bench.door --report

clean:
	rm -rf .venv node_modules build var .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find src -name '*.mo' -delete
	find src -name '*.egg-info' -prune -exec rm -rf {} +
