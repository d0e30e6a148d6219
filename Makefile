# `make` or `make help` lists the commands. A machine needs Python 3.11 or newer and make, nothing else.
SHELL := /bin/sh
VENV := .venv
PY := $(VENV)/bin/python
# The first Python here that is new enough.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
PIP := $(PY) -m pip --disable-pip-version-check --no-input install --quiet --require-hashes

.PHONY: help run test soak dev demo shots weight lighthouse bench backup restore rotate passphrase invite lock audit build clean
.DEFAULT_GOAL := help

help:  ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

run: $(VENV)/.runtime  ## build if needed, migrate, serve on http://127.0.0.1:3000
	@$(PY) scripts/build.py
	@exec $(PY) scripts/serve.py

test: $(VENV)/.dev  ## everything: style, types, imports, units, properties, browser
	@$(PY) scripts/browser.py
	@$(PY) scripts/servers.py
	@$(PY) scripts/build.py
	@exec $(PY) -m pytest

soak: $(VENV)/.dev  ## ten thousand mishaps, and a hundred thousand hostile events: nothing lost, doubled or told
	@TAPER_SEQUENCES=10000 $(PY) -m pytest tests/soak
	@TAPER_EVENTS=100000 TAPER_HTTP_EXAMPLES=200 $(PY) -m pytest tests/states/test_socket_fuzz.py tests/api/test_http_fuzz.py

dev: $(VENV)/.runtime  ## the same with hot reload
	@exec $(PY) scripts/dev.py

demo: $(VENV)/.runtime  ## three believable months in an empty database
	@$(PY) scripts/demo.py

shots: $(VENV)/.dev  ## pictures of every page in build/shots/
	@$(PY) scripts/browser.py
	@$(PY) scripts/build.py
	@$(PY) scripts/shots.py

weight: $(VENV)/.dev  ## what the first visit of Today transfers, file by file
	@$(PY) scripts/browser.py
	@$(PY) scripts/build.py
	@$(PY) scripts/weight.py

lighthouse: $(VENV)/.dev  ## scores of the pages on a phone, and how fast a second visit is
	@$(PY) scripts/browser.py
	@$(PY) scripts/build.py
	@$(PY) scripts/first_chart.py
	@$(PY) scripts/lighthouse.py

bench: $(VENV)/.runtime  ## how long the heart of the app takes
	@$(PY) benchmarks/core.py
	@$(PY) benchmarks/lens.py
	@$(PY) benchmarks/report.py
	@$(PY) scripts/build.py
	@$(PY) benchmarks/revocation.py

backup: $(VENV)/.runtime  ## a copy of the database while it runs, still encrypted
	@$(PY) scripts/backup.py

restore: $(VENV)/.runtime  ## put a backup back: make restore FILE=...
	@$(PY) scripts/restore.py $(FILE)

rotate: $(VENV)/.runtime  ## new keys for the database and everything in it (Taper stopped)
	@$(PY) scripts/rotate.py

passphrase: $(VENV)/.runtime  ## the same, and lock the key with a passphrase
	@$(PY) scripts/rotate.py --passphrase

invite: $(VENV)/.runtime  ## a link for one account (TAPER_SIGNUP=invite)
	@$(PY) scripts/invite.py

build: $(VENV)/.runtime  ## only build the pages
	@$(PY) scripts/build.py

lock: $(VENV)/.runtime  ## pin the requirements again, with hashes
	@$(PY) scripts/lock.py

audit: $(VENV)/.dev  ## known holes in the pinned packages; without a network it says so
	@$(PY) scripts/audit.py

clean:  ## remove what can be made again; data/ stays
	rm -rf .web .states build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache $(VENV)

$(VENV)/.runtime: requirements.txt
	@test -n "$(PYTHON)" || { echo "Taper needs Python 3.11 or newer, and found none."; exit 1; }
	@test -x $(PY) && $(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || \
		{ echo "Python could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Installing what the app needs ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt package-lock.json $(VENV)/.runtime
	@echo "Installing what the tests need ..."
	@$(PIP) -r requirements-dev.txt
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" npm ci --silent
	@touch $@
