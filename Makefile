# `make` lists what there is. Everything runs in .venv, which `make setup` makes.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup demo test check lint types imports fast slow bench bench-documents bench-screening lock format clean

SMALL := smollm2-135m-instruct
LARGE := qwen2.5-coder-1.5b-instruct
BIN := .venv/bin
MYPY_CACHE ?= .mypy_cache

# Telemetry of libraries stays off.
export DO_NOT_TRACK := 1
export SCARF_NO_ANALYTICS := true

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Make .venv ready, with the small model for tests
	@.ci/setup $(SMALL)

demo: ## Set everything up and work the example cases in the reviewer desk
	@.ci/setup $(LARGE)
	$(BIN)/casegate demo

test: setup fast slow ## Run every test

check: setup lint types imports fast ## Lint, types, import rules, prompts and the fast tests

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/casegate prompts list

types: setup
	$(BIN)/mypy --cache-dir $(MYPY_CACHE) .

imports: setup
	$(BIN)/lint-imports

fast: setup
	$(BIN)/python -m pytest -m "not slow and not browser"

slow: setup
	$(BIN)/python -m pytest -m "slow or browser"

bench: ## Print the figures: quality, speed; documents and screening have targets of their own
	@.ci/setup $(SMALL) $(LARGE)
	@for script in $(filter-out tests/bench/documents.py tests/bench/screening.py tests/bench/rescreening.py,$(wildcard tests/bench/[a-z]*.py)); do \
		echo "== $$script"; \
		$(BIN)/python -m "tests.bench.$$(basename "$$script" .py)"; \
	done

bench-documents: ## Print the figures of document reading; ARGS="--part fields --papers 300"
	@.ci/setup $(LARGE)
	@$(BIN)/python -m tests.bench.documents $(ARGS)

bench-screening: ## Print the figures of screening; ARGS="--part scale --sizes 200000 1000000"
	@.ci/setup $(SMALL)
	@$(BIN)/python -m tests.bench.screening $(ARGS)
	@$(if $(ARGS),,$(BIN)/python -m tests.bench.rescreening)

lock: setup ## Resolve pyproject.toml into requirements.lock again
	$(BIN)/python -m uv --version >/dev/null 2>&1 || $(BIN)/python -m pip install --quiet uv
	$(BIN)/python -m uv pip compile --universal --python-version 3.11 --no-emit-index-url \
		--no-header --generate-hashes --quiet --extra dev --output-file requirements.lock \
		pyproject.toml

format: setup ## Put imports and layout in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## Remove caches and build output; data and .venv stay
	rm -rf build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis .pytest_cache
	find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
