# make run: install into .venv and open hubtui on this folder's library.   make test: run the tests.
# make test-fast: run those that need no terminal and are not slow, with fewer examples.
# Python 3.11 or later is taken from PATH; name another with: make run PYTHON=python3.12

PYTHON ?= python3
LIBRARY ?= .
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Exactly what is locked: no version is looked up, not for building either.
INSTALL := $(PIP) install --quiet --no-deps --no-build-isolation --use-pep517
LOCKED := $(INSTALL) --require-hashes --requirement
# Silent unless something is missing.
PIP_CHECK := found=$$($(PIP) check) || { echo "$$found"; exit 1; }

# Each of the processes that the tests start would compile hubtui anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-fast test-attack attack-full coverage check format lock wheel wheel-test messages man clean

run: .venv/.installed
	@$(BIN)/hubtui "$(LIBRARY)"

test: .venv/.installed-dev
	@$(BIN)/pytest --numprocesses auto --dist loadgroup

# What needs no terminal: unit, property (with fewer examples) and contract tests.
test-fast: .venv/.installed-dev
	@$(BIN)/pytest --numprocesses auto --dist worksteal --hypothesis-profile fast -m "not slow" \
	    tests/unit tests/property tests/contract

# Kills, fuzzers, planted code, hostile names, lost updates, a soak; Linux, strace where it is there.
# ATTACK=ci takes a minute, some (as it is) ten at most, full the hours that the figures in docs/reliability.md need.
ATTACK ?= some
ATTACK_SECONDS ?= 600

test-attack: .venv/.installed-dev
	@timeout --signal INT --kill-after 20 $(ATTACK_SECONDS) \
	    $(BIN)/pytest --numprocesses auto --dist worksteal --attack $(ATTACK) tests/attack

attack-full: .venv/.installed-dev
	@$(BIN)/pytest --numprocesses auto --dist worksteal --attack full --durations 0 tests/attack tests/e2e/test_attacked_screen.py tests/tui/test_memory.py

coverage: .venv/.installed-dev
	@$(BIN)/pytest --numprocesses auto --dist loadgroup --cov --cov-report term

check: .venv/.installed-dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python tools/check_locks.py

format: .venv/.installed-dev
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

# Exact versions and hashes for every platform and Python from 3.11; --upgrade takes the newest in range.
COMPILE := uv pip compile --universal --generate-hashes --no-header --no-annotate --upgrade --python-version 3.11

lock:
	$(COMPILE) pyproject.toml --output-file constraints.txt
	$(COMPILE) --group build --constraints constraints.txt --output-file constraints-build.txt
	$(COMPILE) pyproject.toml --group dev --constraints constraints.txt \
	    --constraints constraints-build.txt --output-file constraints-dev.txt

wheel: .venv/.installed-dev
	@$(BIN)/python -m hatchling build

# The wheel in an empty environment: every format, the main commands, the screen.
wheel-test: .venv/.installed-dev
	@$(BIN)/python tools/smoke.py

# The interface's catalogues: new messages in, gone ones out, compiled.
messages: .venv/.installed-dev
	@$(BIN)/python tools/messages.py

man: .venv/.installed-dev
	@$(BIN)/python tools/manual.py

clean:
	rm -rf .venv dist .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find index -mindepth 1 -not -name README.md -delete

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "hubtui needs Python 3.11 or later; name one with PYTHON=..."; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
	    echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }

.venv/.installed: .venv/bin/python constraints.txt constraints-build.txt pyproject.toml
	@echo "Installing hubtui into .venv (once)"
	@$(LOCKED) constraints-build.txt
	@$(LOCKED) constraints.txt
	@$(INSTALL) --editable .
	@$(PIP_CHECK)
	@touch $@

.venv/.installed-dev: .venv/.installed constraints-dev.txt
	@echo "Installing the development tools into .venv (once)"
	@$(LOCKED) constraints-dev.txt
	@$(PIP_CHECK)
	@touch $@
