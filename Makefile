# One command each; every command installs what it needs into .venv, and leaves nothing that git sees.
# PYTHON names the interpreter (3.11 or newer) that .venv is made from.

PYTHON ?= python3
PORT ?= 8000
# test-change: what `make test` and `make test-ci` run, in one; so .ci/run asks for it.
SCALE ?= test
export PYTHON PORT
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
RUSSIAN := locale/ru/LC_MESSAGES/django.po

.PHONY: help run dev admin test test-ci test-long lint types fmt messages backup restore lock install install-dev

help:  ## show this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

run: ## serve the knowledge base on http://localhost:8000 (PORT, DATABASE_URL)
	@$(PYTHON) scripts/preflight.py $(PORT)
	@sh scripts/install.sh run
	@$(MANAGE) prepare
	@exec $(BIN)/gunicorn --config deploy/gunicorn.conf.py

dev: install-dev ## serve with the debug server, which reloads when code changes
	@DJANGO_DEBUG=yes $(MANAGE) prepare
	@DJANGO_DEBUG=yes $(MANAGE) runserver 127.0.0.1:$(PORT)

admin: install ## create an account that may do everything
	@$(MANAGE) make_admin

test: install-dev ## all but the slow tests on SQLite, the first of them on PostgreSQL and in Chromium where installed
	@$(BIN)/python scripts/lanes.py $(SCALE)

test-ci: install-dev ## the slow tests at the size CI runs, all else on PostgreSQL, and the suite with coverage on a second Python and Django
	@$(BIN)/python scripts/lanes.py test-ci

test-long: install-dev ## the slow tests at full counts
	@$(BIN)/python scripts/lanes.py test-long

lint: install-dev ## style, layers and templates
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/djlint --quiet --lint templates
	@$(BIN)/lint-imports --no-cache

types: install-dev ## mypy, strict
	@$(BIN)/mypy

fmt: install-dev ## format the code
	@$(BIN)/ruff check --fix --quiet
	@$(BIN)/ruff format --quiet

messages: install-dev ## gather the interface's strings and compile the Russian ones (needs gettext)
	@command -v msgfmt >/dev/null || { echo "gettext is missing: apt install gettext" >&2; exit 1; }
	@$(MANAGE) makemessages --locale ru --no-location --no-wrap --ignore 'var/*' --ignore 'tests/*' --ignore '.venv/*'
	@sed -i.old '/^"POT-Creation-Date:/d' $(RUSSIAN) && rm $(RUSSIAN).old
	@$(MANAGE) compilemessages --locale ru --ignore '.venv'

backup: install ## write a backup to var/backups, or to FILE
	@$(MANAGE) backup $(FILE)

restore: install ## put the backup FILE back (YES=1 does not ask)
	@test -n "$(FILE)" || { echo "Name the backup: make restore FILE=var/backups/..." >&2; exit 1; }
	@$(MANAGE) restore $(if $(YES),--yes) $(FILE)

lock: install-dev ## choose versions anew and write both requirements files (needs uv)
	@command -v uv >/dev/null || { echo "uv is missing: pip install uv" >&2; exit 1; }
	@sh scripts/lock.sh

install:
	@sh scripts/install.sh run

install-dev:
	@sh scripts/install.sh dev
