# The two commands that matter: `make demo` and `make test`. Everything else is listed by `make help`.

.DEFAULT_GOAL := help
.PHONY: help setup demo up test check lint format types imports bench chaos lock migration notices clean

BIN := .venv/bin
# Compiled once, a program starts three times as quickly; some environments forbid it.
export PYTHONDONTWRITEBYTECODE :=
ARGS ?=
BENCH ?=
MESSAGE ?=

help: ## list these targets
	@sed -n 's/^\([a-z][a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-15s %s\n", $$1, $$2 }'

setup: ## make .venv ready (the others do this by themselves)
	@sh tools/setup.sh

demo: setup ## run the whole office on this machine; ARGS=--once ends by itself
	@$(BIN)/jucai demo $(ARGS)

up: setup ## run the office on its own mailbox (jucai.toml)
	@$(BIN)/jucai up $(ARGS)

test: setup ## run all tests; ARGS="-k name" chooses some
	@sh tools/system-packages.sh
	@$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

chaos: setup ## run the long tests that kill and randomise
	@sh tools/system-packages.sh
	@$(BIN)/pytest -m nightly --timeout=0 $(ARGS)

check: lint format types imports ## linters, formatting, types, import contracts

lint: setup ## ruff check
	@$(BIN)/ruff check

format: setup ## ruff format --check
	@$(BIN)/ruff format --check

types: setup ## mypy
	@$(BIN)/mypy

imports: setup ## import contracts
	@$(BIN)/lint-imports

bench: setup ## run a benchmark: make bench BENCH=reading
	@test -f "bench/$(BENCH).py" || { printf 'say which: make bench BENCH=name, one of:'; \
	  for f in bench/*.py; do test -f "$$f" || continue; b=$${f##*/}; printf ' %s' "$${b%.py}"; done; echo; exit 2; } >&2
	@$(BIN)/python "bench/$(BENCH).py" $(ARGS)

lock: ## compile requirements.lock from pyproject.toml; ARGS=--upgrade takes newer versions
	@uv=$$(sh tools/setup.sh uv) && "$$uv" pip compile pyproject.toml --group dev --universal \
	  --python-version 3.11 --generate-hashes --no-annotate --no-header -q -o requirements.lock $(ARGS)
	@uv=$$(sh tools/setup.sh uv) && for tool in uv editables; do echo $$tool | "$$uv" pip compile - --universal \
	  --python-version 3.11 --generate-hashes --no-annotate --no-header -q -o tools/$$tool.txt $(ARGS) || exit; done
	@$(MAKE) notices

migration: setup ## write the next migration: make migration MESSAGE="What changed"
	@$(BIN)/python tools/migration.py $(MESSAGE)

notices: setup ## write THIRD_PARTY_NOTICES.md from what is installed
	@$(BIN)/python tools/notices.py

clean: ## remove .venv and all caches; the office's data in .jucai stay
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
