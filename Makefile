# Two commands do all: `make run` and `make test`. Both set up .venv by themselves.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The first interpreter that is new enough and can make an environment.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' \
	>/dev/null 2>&1 && { echo $$p; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --progress-bar off

.PHONY: help run test format lock docker clean

help:
	@echo 'make run     set up and start (a console over demo news; with tokens, the bot)'
	@echo 'make test    set up and pass every check and test'
	@echo 'make format  put the code into shape'
	@echo 'make clean   remove what set-up and tests made; never your database'

run: .venv/run.stamp
	@$(BIN)/whosaid run $(ARGS)

test: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto $(ARGS)

format: .venv/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Needs uv on the path (https://docs.astral.sh/uv); writes both lock files anew.
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --quiet --extra build
lock:
	$(LOCK) --extra embed --extra dev -o locks/dev.txt
	grep -E '^[A-Za-z0-9_.-]+==' locks/dev.txt | sed 's/ *\\$$//' > locks/constraints.tmp
	$(LOCK) --extra embed -c locks/constraints.tmp -o locks/run.txt
	rm locks/constraints.tmp

docker:
	docker build -t whosaid .

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo 'Whosaid needs Python 3.11 to 3.14 with venv. Install one' \
		'(Debian, Ubuntu: apt-get install python3-venv), or say PYTHON=/path/to/python3.'; exit 1; }
	@echo 'Setting up .venv with $(PYTHON) (once, a minute or two) ...'
	@$(PYTHON) -m venv .venv

.venv/run.stamp: .venv/bin/python locks/run.txt pyproject.toml
	@$(PIP) --require-hashes -r locks/run.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: .venv/bin/python locks/dev.txt pyproject.toml
	@echo 'Installing what the tests need ...'
	@$(PIP) --require-hashes -r locks/dev.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@
