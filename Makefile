# The only entry: `make` alone says what there is.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
# Each file read by an import starts a process: it must not compile the program anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --require-hashes --no-build-isolation --use-pep517
LOCK := CUSTOM_COMPILE_COMMAND="make lock" $(PYTHON) -m piptools compile --quiet --generate-hashes \
	--strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host \
	--no-emit-find-links --all-build-deps
OFFSCREEN := QT_QPA_PLATFORM=offscreen

.PHONY: help run test check bench tour soak setup clean lock translations licences

help: ## Say what there is
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: .venv/run.stamp ## Open the program; without a display take the tour
	@tools/run.sh

test: .venv/dev.stamp ## Run the tests
	@$(OFFSCREEN) $(PYTHON) -m pytest -m "not soak" -n auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder

check: .venv/dev.stamp ## Format, lint, types, layers, schema, texts, licences, then the tests
	@echo "== format";       $(PYTHON) -m ruff format --check .
	@echo "== lint";         $(PYTHON) -m ruff check .
	@echo "== types";        $(PYTHON) -m mypy; $(PYTHON) -m mypy -p tools
	@echo "== layers";       .venv/bin/lint-imports
	@echo "== schema";       $(PYTHON) -m tools.check_schema
	@echo "== translations"; $(PYTHON) -m tools.check_translations
	@echo "== licences";     $(PYTHON) -m tools.licences --check
	@echo "== requirements"; $(PYTHON) -m tools.list_requirements
	@echo "== tests";        $(MAKE) test

bench: .venv/dev.stamp ## Measure the product against its limits
	@$(OFFSCREEN) $(PYTHON) -m tests.bench $(BENCH)

tour: .venv/run.stamp ## Walk through the program offscreen, pictures in build/tour
	@tools/run.sh --tour

soak: .venv/dev.stamp ## Run the slow trials: kills, full disks, power cuts, new random examples
	@$(OFFSCREEN) $(PYTHON) -m pytest -m soak
	@HYPOTHESIS_PROFILE=search $(PYTHON) -m pytest -n auto --maxprocesses 8 --timeout 900 tests/rules tests/imports

setup: .venv/dev.stamp ## Prepare everything without running anything

clean: ## Remove what was built; the .venv stays
	@rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

lock: .venv/dev.stamp ## Renew the lock files (UPGRADE=--upgrade for newer releases)
	@$(LOCK) $(UPGRADE) -o requirements.lock pyproject.toml
	@$(LOCK) $(UPGRADE) --extra dev --constraint requirements.lock -o requirements-dev.lock pyproject.toml

translations: .venv/dev.stamp ## Collect the texts anew and compile the English catalogue
	@$(PYTHON) -m tools.translations update

licences: .venv/dev.stamp ## Write THIRD_PARTY_LICENSES.md anew
	@$(PYTHON) -m tools.licences

# Stamps: each step runs again only when what it depends on has changed. setuptools comes first,
# so that a package without a wheel is built by the locked one and nothing unlocked is fetched.

.venv/system.stamp: tools/system_packages.sh
	@tools/system_packages.sh
	@tools/make_venv.sh
	@touch $@

.venv/run.stamp: .venv/system.stamp requirements.lock pyproject.toml setup.py
	@echo "Installing what the program needs"
	@sed -n '/^setuptools==/,$$p' requirements.lock > .venv/setuptools.lock
	@$(INSTALL) -r .venv/setuptools.lock
	@$(INSTALL) -r requirements.lock
	@PYTHONWARNINGS=ignore $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.lock
	@echo "Installing what the tests need"
	@$(INSTALL) -r requirements-dev.lock
	@touch $@
