# Every task by name. `make` alone lists them.
#
# Chatter goes to stderr; stdout carries only what a task is for.
# Everything is installed into .venv/ from requirements.lock, by hash.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
JOBS ?= 2
UV_VERSION := 0.13.9

# The first Python that will do, as a shell fragment that prints its name.
define find_python
for candidate in $${PYTHON:-python3.11 python3}; do \
	if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo "$$candidate"; exit; fi; \
done; \
echo "Comity needs Python 3.11 or later. Looked for: $${PYTHON:-python3.11, python3}; found none." \
	"Install one, or say where it is: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 1
endef

.PHONY: help install demo test trust bench bench-table lock check clean

help:
	@echo "make demo     analyse the Yerevan summit of 2022 and write its report"
	@echo "make test     run the tests (minutes)"
	@echo "make trust    run the long tests"
	@echo "make check    style, types and the layer contract"
	@echo "make bench    print the benchmark tables"
	@echo "make bench-table  write them to docs/reference/benchmarks.md (nine minutes, quiet machine)"
	@echo "make install  install .venv/bin/comity from the lock"
	@echo "make lock     rebuild requirements.lock; LOCK_FLAGS=--upgrade takes newer releases"
	@echo "make clean    remove .venv and everything built"

install: .venv/.comity-installed
	@:

demo: install
	@$(BIN)/comity demo

test: install
	@$(BIN)/python -m pytest -q -n $(JOBS) -m "not trust"

# Until the first test is marked, there is nothing to run; after that pytest must find it.
trust: install
	@if grep -rqs --include='*.py' 'mark\.trust' tests; then \
		COMITY_HYPOTHESIS_PROFILE=trust $(BIN)/python -m pytest -q -n $(JOBS) -m trust; \
	else \
		echo "make trust: no test is marked 'trust' yet, so none was run."; \
	fi

bench: install
	@shopt -s nullglob; scripts=(benchmarks/bench_*.py); \
	if (( $${#scripts[@]} == 0 )); then \
		echo "make bench: there is no benchmark yet (benchmarks/bench_*.py)." >&2; exit 1; \
	fi; \
	for script in "$${scripts[@]}"; do $(BIN)/python "$$script"; done

bench-table: install
	@$(BIN)/python benchmarks/table.py

check: install
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

clean:
	@rm -rf .venv build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- what the tasks stand on ------------------------------------------------

# A stamp is written last, so that an install broken off half-way is taken up again.
.venv/.packages-installed: requirements.lock
	@python=$$($(find_python)); \
	rm -f .venv/.packages-installed .venv/.comity-installed; \
	if ! $(PIP) --version >/dev/null 2>&1; then \
		echo "Making .venv with $$("$$python" --version)" >&2; \
		"$$python" -m venv --clear .venv >&2; \
	fi; \
	echo "Installing the packages of requirements.lock into .venv (a minute or so, once)" >&2; \
	$(PIP) install --quiet --require-hashes --requirement requirements.lock >&2; \
	touch $@

.venv/.comity-installed: .venv/.packages-installed pyproject.toml hatch_build.py
	@rm -f $@; \
	echo "Installing comity into .venv, reading src/" >&2; \
	$(PIP) install --quiet --no-index --no-deps --no-build-isolation --editable . >&2; \
	touch $@

# A throw-away uv resolves. Its configuration and any local index or wheel folder are shut out,
# so that the hashes are those of the public index. Pins stay unless LOCK_FLAGS says otherwise.
lock:
	@python=$$($(find_python)); \
	folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	"$$python" -m venv "$$folder/venv" >&2; \
	"$$folder/venv/bin/python" -m pip --disable-pip-version-check install --quiet uv==$(UV_VERSION) >&2; \
	if [ -f requirements.lock ]; then cp requirements.lock "$$folder/requirements.lock"; fi; \
	env -u UV_INDEX -u UV_DEFAULT_INDEX -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS \
		"$$folder/venv/bin/uv" --no-config pip compile pyproject.toml --all-extras --group dev \
		--universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --custom-compile-command "make lock" --quiet $(LOCK_FLAGS) \
		--output-file "$$folder/requirements.lock"; \
	cp "$$folder/requirements.lock" requirements.lock; \
	echo "requirements.lock: $$(grep -c '==' requirements.lock) packages" >&2
