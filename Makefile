# What one can do here. `make` alone explains; each target prepares what it needs.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Whatever environment the caller is in, only our own is used.
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH
bin := .venv/bin

# `make run` is for looking at Enlace: it shows the demonstration unless told otherwise.
for_people := ENLACE_ENV=$${ENLACE_ENV:-demonstration}

# Two at least, so that the suite always runs as it does elsewhere: in several processes.
workers := $(shell n=$$(nproc 2>/dev/null || echo 2); echo $$(( n > 2 ? n : 2 )))
pytest := $(bin)/python -m pytest --numprocesses=$(workers) --dist=loadscope

.PHONY: help
help: ## Explain the targets
	@echo "Enlace"; echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 22
	@echo; echo "  PORT, ENLACE_DATABASE_URL and ENLACE_INSTANCE are honoured: PORT=8001 make run"

.PHONY: run
run: ## Serve the demonstration at http://127.0.0.1:8000
	@scripts/bootstrap run
	@$(for_people) $(bin)/python -m app.cli.serve --only-look
	@$(for_people) $(bin)/flask --app wsgi prepare
	@$(for_people) exec $(bin)/python -m app.cli.serve --end-with-parent

.PHONY: demo-reset
demo-reset: ## Begin the demonstration again, on 24 May 2004 at 09:00 in Panama
	@scripts/bootstrap run
	@$(for_people) $(bin)/flask --app wsgi demo-reset

.PHONY: test
test: ## Run every test, on SQLite and on PostgreSQL, and in a browser
	@scripts/bootstrap test
	@$(bin)/python -m tests.support.tools
	@$(pytest) tests

.PHONY: proof
proof: ## Ask as often as the security pages promise; goes on where it was interrupted
	@scripts/bootstrap test
	@$(pytest) --hypothesis-profile=proof tests/proofs

.PHONY: check
check: ## Check formatting, types, import contracts, templates and translations
	@scripts/bootstrap test
	@failed=(); run() { echo "— $$*"; "$$@" || failed+=("$${1##*/}"); }; \
	run $(bin)/ruff format --check --output-format concise .; \
	run $(bin)/ruff check --output-format concise .; \
	run $(bin)/mypy; \
	run $(bin)/lint-imports; \
	run $(bin)/djlint --lint templates; \
	run $(bin)/python scripts/translations.py --check; \
	[ $${#failed[@]} = 0 ] || { echo "Not as it should be: $${failed[*]}"; exit 1; }

.PHONY: format
format: ## Write the code as the formatter does
	@scripts/bootstrap test
	$(bin)/ruff check --fix-only .
	$(bin)/ruff format .

.PHONY: bench
bench: ## Measure Enlace against the smallest honest program, and write bench/latest.json
	@scripts/bootstrap test
	$(bin)/python -m bench

.PHONY: assets
assets: ## Build the style sheet and scripts again (needs Node.js 20 and npm)
	npm ci --ignore-scripts --no-audit --no-fund
	npm run build

.PHONY: translations
translations: ## Gather the sentences, merge translations/fragments, compile the catalogues
	@scripts/bootstrap test
	$(bin)/python scripts/translations.py

.PHONY: lock
lock: ## Lock the newest versions that requirements/*.in allow, with their hashes
	scripts/lock

.PHONY: clean
clean: ## Remove what can be made again; data in instance/ stays
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis .proof
	rm -rf node_modules tests/.out bench/.work
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
