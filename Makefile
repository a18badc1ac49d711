# Liuke: `make run` to try it, `make test` before every push. Everything lands in this folder: .venv, web/dist, data.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export UV_PYTHON_DOWNLOADS := never
export LIUKE_DATA_DIR ?= $(CURDIR)/data

WEB_SOURCES := $(shell find web/src web/public -type f 2>/dev/null) web/index.html web/vite.config.ts web/package-lock.json

WITHOUT_DATABASE := base client faults rules score stats text vendors warehouse
# Tests of steps that never touch the application database, or that bring one of their own: once is enough.

.PHONY: help setup dev run check test test-python test-postgres test-web test-e2e bench lock openapi clean

help:  ## Show what can be made
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/.core: requirements/core.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Liuke needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	@command -v uv >/dev/null || $(PYTHON) -m uv --version >/dev/null 2>&1 || $(PYTHON) -m pip install --quiet --user uv || $(PYTHON) -m pip install --quiet --break-system-packages uv
	@uv=$$(command -v uv || echo "$(PYTHON) -m uv"); \
	  [ -x $(BIN)/python ] || $$uv venv --quiet --python $(PYTHON) $(VENV); \
	  $$uv pip install --python $(BIN)/python --quiet --require-hashes -r requirements/core.txt && \
	  $$uv pip install --python $(BIN)/python --quiet --no-deps --no-build-isolation-package liuke -e . 2>/dev/null || $$uv pip install --python $(BIN)/python --quiet --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.core
	@uv=$$(command -v uv || echo "$(PYTHON) -m uv"); $$uv pip install --python $(BIN)/python --quiet --require-hashes -r requirements/dev.txt
	@touch $@

web/node_modules/.installed: web/package-lock.json web/package.json
	@node -e 'const major = +process.versions.node.split(".")[0]; if (major < 20) { console.error("Liuke needs Node 20 or newer to build its web app; this is " + process.version); process.exit(1) }'
	@cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/index.html: web/node_modules/.installed $(WEB_SOURCES)
	@cd web && npm run --silent build
	@touch $@

setup: $(VENV)/.core web/dist/index.html  ## Make .venv with the `liuke` command and build the web app

dev: $(VENV)/.dev web/node_modules/.installed  ## What the tests need on top

run: setup  ## Set up, load the sample workspace the first time, start, print the address and the first log-in
	@$(BIN)/liuke demo --once
	@exec $(BIN)/liuke serve

check: dev  ## Lint, types, import direction, migrations, API contract, words: under three minutes
	@$(BIN)/python scripts/check.py

test: check test-python test-postgres test-web test-e2e  ## Everything that CI runs

test-python: dev  # faults alone: what they promise is seconds
	@$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --ignore=tests/faults
	@$(BIN)/pytest tests/faults

test-postgres: dev
	@LIUKE_TEST_DATABASE=postgresql $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder $(addprefix --ignore=tests/,$(WITHOUT_DATABASE))

test-web: dev
	@cd web && npm test --silent

test-e2e: dev web/dist/index.html
	@cd web && npm run --silent e2e

bench: dev web/dist/index.html  ## Figures as JSON lines, each against a floor measured in the same run
	@$(BIN)/liuke bench all --json

lock:  ## Lock the Python dependencies again
	@uv pip compile --quiet --upgrade pyproject.toml --generate-hashes --no-emit-index-url -o requirements/core.txt
	@uv pip compile --quiet pyproject.toml --extra dev -c requirements/core.txt --generate-hashes --no-emit-index-url -o requirements/dev.txt

openapi: $(VENV)/.core  ## Write web/openapi.json from the API and generate the web client
	@$(BIN)/python scripts/openapi.py > web/openapi.json
	@cd web && npm run --silent gen

clean:  ## Remove what was built; the data stays
	rm -rf $(VENV) web/dist web/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
