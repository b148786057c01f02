# Everything a person does with this repository. `make help` lists it.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
ARGS   ?=
COMPOSE ?= docker compose

.DEFAULT_GOAL := help
.PHONY: help run test test-fast lint fmt docs words mutants bench up down lock clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.run ## start everything in one process with a sample company (ARGS="--no-sample --data DIR --port N")
	@$(BIN)/radar run $(if $(filter --no-sample --sample,$(ARGS)),,--sample) $(ARGS)

test: $(VENV)/.dev ## every test; what a test needs and can't be had is skipped in plain sight
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

test-fast: $(VENV)/.dev ## unit tests only: no network, no servers
	$(BIN)/python -m pytest tests/unit -n 2 $(ARGS)

lint: $(VENV)/.dev ## ruff, mypy strict, import-linter, promtool, the compose file
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	deploy/check.sh

fmt: $(VENV)/.dev ## format and sort imports
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.run ## make docs/metrics.md again from the catalogue of metrics
	$(BIN)/python -m radar_health_score.entrypoints.metrics_page docs/metrics.md

words: $(VENV)/.dev ## bring the catalogues of translations in step with the source, and list what to translate
	$(BIN)/python -m tests.support.catalogues

mutants: $(VENV)/.dev ## change the code of contracts, scoring, alert rules and cases in small ways, and list the changes that no test notices (an hour and more; ARGS="radar_health_score.domain.contracts.revenue*")
	sh tests/mutants.sh $(ARGS)

bench: $(VENV)/.dev ## measure; the figures are in docs/performance.md
	$(BIN)/python -m tests.bench $(ARGS)

up: ## Kafka, PostgreSQL, the services, Prometheus, Grafana and a mail catcher in containers
	sh deploy/secrets.sh
	$(COMPOSE) up --build --detach --wait $(ARGS)

down: ## stop the containers; ARGS=--volumes forgets their data
	$(COMPOSE) down $(ARGS)

lock: ## pin every dependency again, with hashes (needs uv)
	uv pip compile -q pyproject.toml --all-extras --group dev --universal --generate-hashes --no-header \
	  --python-version 3.11 -o requirements/dev.txt $(ARGS)
	uv pip compile -q pyproject.toml requirements/build.in --all-extras --universal --generate-hashes --no-header \
	  --no-annotate --python-version 3.11 -c requirements/dev.txt -o requirements/run.txt $(ARGS)

clean: ## remove what was built or cached here
	rm -rf $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

# The build backend is in the lock too, so nothing is fetched that isn't pinned by its hash.
$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes -r requirements/dev.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run
