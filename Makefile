# Maplebridge 枫桥. Needs python3 (3.11 or newer, with venv), git and make; nothing else.

# The first Python that is new enough; name another with: make setup PYTHON=…
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; \
  done)

.DEFAULT_GOAL := help
.PHONY: help setup run test python

help: ## show this list
	@echo 'Maplebridge 枫桥'
	@sed -n 's/^\([a-z]*\): .*## \(.*\)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST))

python:
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'Maplebridge needs Python 3.11 or newer with venv. Here is:' \
	    "$$($(or $(PYTHON),python3) --version 2>&1)"; \
	  echo 'Install one and name it: make setup PYTHON=python3.12'; exit 1; }

setup: python ## install into .venv, build pages and translations (no root needed)
	@$(PYTHON) -m tools.setup

run: setup ## start the demo city and print its address
	@exec .venv/bin/maplebridge run

test: python ## all checks and tests, on SQLite and PostgreSQL; one step: ARGS='--only mypy'
	@$(PYTHON) -m tools.setup --dev
	@.venv/bin/python -m tools.check $(ARGS)
