# make demo     a running Samverk with invented people, on http://127.0.0.1:8000
# make test     everything, as CI runs it
# make check    the fast part of it, before every commit

# What Python has compiled once it need not compile again in each of the many processes of the tests.
unexport PYTHONDONTWRITEBYTECODE

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
SYSTEM_PACKAGES := chromium-headless-shell postgresql gettext nodejs npm libpangoft2-1.0-0 libharfbuzz-subset0
WORKERS ?= 2
# What takes longest first, so that no worker waits for another at the end.
ON_POSTGRES := tests/generative tests/spec/c02_consent tests/spec/c01_referral tests/spec/c03_intake
ON_POSTGRES += $(addprefix tests/spec/,c09_transitions c11_closing c14_log)
ON_POSTGRES += tests/spec/c15_evaluation/test_extract*.py tests/unit/store tests/access/test_permit.py
ON_POSTGRES += $(addprefix tests/integration/test_,cli.py database.py log_sequencer.py second_lock.py stories.py)
ON_POSTGRES += tests/attacks/test_05_calendar.py tests/attacks/test_07_side_doors.py
# What only turns pages and forms asks the database nothing that the others have not asked.
PAGES := --ignore-glob "*pages.py" --ignore tests/spec/c12_bad_input
# `make test` leaves out the tests of single pages too, but for those of what a page may not show.
SINGLE_PAGES := -k "not page or promises or nothing"
LIBRARIES := tests/evaluation tests/fates

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev spark system node demo test check lint types layers messages compile clean

help:
	@sed -n 's/^# //p' Makefile

setup: .venv/.core
	@$(MAKE) --no-print-directory compile

setup-dev: .venv/.dev .venv/.extras
	@$(MAKE) --no-print-directory compile

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Samverk needs Python 3.11 or later."; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; echo "On Debian: apt-get install python3-venv"; exit 1; }

# pip brings uv, and uv all the rest: several times faster.
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes

.venv/bin/uv: requirements/uv.txt | .venv/bin/python
	$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

# The fates belong to it: the page that anyone may open reckons with numba.
.venv/.core: requirements/core.txt requirements/fates.txt pyproject.toml .venv/bin/uv
	$(UV) -r requirements/core.txt -r requirements/fates.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-index --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.core
	$(UV) -r requirements/dev.txt
	@touch $@

EXTRAS := evaluation pdf

.venv/.extras: $(EXTRAS:%=requirements/%.txt) .venv/.dev
	$(UV) $(EXTRAS:%=-r requirements/%.txt)
	@touch $@

# Spark is large, and of no use without Java: the tests that need it say so when they are left out.
spark: .venv/.extras
	@if command -v java >/dev/null; then $(MAKE) --no-print-directory .venv/.spark; else echo "No Java: Spark is not tested."; fi

.venv/.spark: requirements/evaluation-spark.txt .venv/.extras
	$(UV) -r requirements/evaluation-spark.txt
	@touch $@

system:
	@scripts/system $(SYSTEM_PACKAGES)

node: node_modules/.package-lock.json

node_modules/.package-lock.json: package-lock.json | system
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
	$(BIN)/mypy -n $(WORKERS)

layers: setup-dev
	$(BIN)/lint-imports --no-cache

check: lint types layers
	$(BIN)/pytest -q -n $(WORKERS) -m "not slow" tests/unit tests/access

test:
	@$(MAKE) --no-print-directory -j2 setup-dev node
	@$(MAKE) --no-print-directory -j2 lint types layers
	$(BIN)/pytest -q -n $(WORKERS) --dist worksteal --ignore tests/browser $(addprefix --ignore ,$(LIBRARIES))
	$(BIN)/pytest -q -n $(WORKERS) --dist loadfile -m "not slow" $(LIBRARIES)
	$(BIN)/python tests/postgres.py $(BIN)/pytest -q -n $(WORKERS) --dist worksteal -m "not slow" $(PAGES) $(SINGLE_PAGES) $(ON_POSTGRES)
# A busy machine lets a browser wait too long: what failed is tried once more, alone, and has to pass then.
	$(BIN)/pytest -q -n $(WORKERS) --no-migrations --dist worksteal tests/browser/test_whole_way_sv.py tests/browser \
	|| $(BIN)/pytest -q --no-migrations --last-failed tests/browser

# Every chapter on PostgreSQL: `make test` takes those where the database itself decides who sees and what is first.
.PHONY: test-postgresql
test-postgresql: setup-dev system
	$(BIN)/python tests/postgres.py $(BIN)/pytest -q -n $(WORKERS) --dist worksteal $(PAGES) tests/spec $(ON_POSTGRES)

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
