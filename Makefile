# Only Python 3.11 or later and make are needed; the rest is installed into .venv on first use.
PYTHON ?= python3
ARGS ?=
IN = .venv/bin/python -m

.PHONY: help run test lint bench secrets clean install install-dev
help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile
run: install  ## start everything on one machine and print the address (PORT=8000)
	@exec $(IN) config.run
test: install-dev  ## run all tests on servers of their own (ARGS="tests/acts -k tcb")
	@$(IN) pytest -n 2 --dist loadgroup $(ARGS)
lint: install-dev  ## style, types, who may import whom
	@$(IN) ruff check && $(IN) ruff format --check && $(IN) mypy && .venv/bin/lint-imports
bench: install-dev  ## measure against the figures we hold ourselves to
	@$(IN) bench $(ARGS)
secrets:  ## make the secrets of an installation with docker-compose.yml, each once
	@sh deploy/make-secrets.sh
clean:  ## remove the environment and all caches; the data under var/ stay
	@rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
install:
	@$(PYTHON) -m config.install requirements.lock
install-dev:
	@$(PYTHON) -m config.install requirements-dev.lock
