# Everything CI does, a user does with the same words. `make build`, `make test`; both set themselves up.
PYTHON ?= python3
BIN := .venv/bin
# Hundreds of short programs import the same libraries: Python keeps what it compiled, even where it is told not to, as
# in many containers.
export PYTHONDONTWRITEBYTECODE :=
# bytecode is made of what is imported, when it is: half a minute less than of everything now
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile

ASK ?= --metrics revenue,orders,average_order_value,conversion,active_customers,repeat_rate \
	--group-by metric_time__month --order metric_time__month --decimals 3

# SQL that differs from BASE, or is new: to lint all of it takes a minute.
BASE ?= HEAD
CHANGED = git diff --name-only --relative --diff-filter=d $(BASE) -- 'models/*.sql' 'tests/singular/*.sql'; \
	git ls-files --others --exclude-standard -- 'models/*.sql' 'tests/singular/*.sql'
SMALL := target/small
TWO_FILES := --numprocesses 2 --dist loadfile --no-loadscope-reorder

.PHONY: build install metrics docs picture input-page help test test-fast test-long lint lint-python lint-changed types pytest \
	pytest-fast build-small slow-tests format test-bi bench clean

build: .venv/installed ## the demo shop (or CUSTOMER_INSIGHT_SOURCE / _RAW) into the warehouse
	$(BIN)/customer-insight build

metrics: .venv/installed-dev ## the shop's figures by month; ASK="--metrics revenue --group-by customer_id__segment_name"
	$(BIN)/dbt parse --profiles-dir profiles --quiet
	DBT_PROFILES_DIR=profiles $(BIN)/mf query --quiet $(ASK)

docs: .venv/installed ## every table, metric and the lineage as one file: warehouse/docs.html
	$(BIN)/customer-insight docs

picture: ## draws README's diagram anew for the docs; needs npm, and Chromium that puppeteer finds
	npx --yes @mermaid-js/mermaid-cli@11.17.0 --input README.md --output target/pipeline.svg --configFile docs/mermaid.json
	mv target/pipeline-1.svg docs/pipeline.svg

input-page: .venv/installed ## every table and column of the input as docs/input.md
	$(BIN)/python -m customer_insight.commands.input_page

install: .venv/installed ## what is needed to build, from the lock file into .venv

help: ## what make can do
	@awk -F ':[^#]*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

test: lint types pytest ## everything that each push is held to

test-fast: lint-changed types pytest-fast build-small ## what a change breaks first: a minute or two; BASE=main lints all SQL of a branch

# beside `make test`, not in place of it: the marks and what they mean are in pyproject.toml
test-long: .venv/installed-dev ## what the night runs besides: evaluated real data, the demo shop twice
	$(BIN)/pytest $(TWO_FILES) -m long tests/e2e tests/python

lint: lint-python ## style of Python and SQL, and whether two engines can run the SQL
	$(BIN)/sqlfluff lint --processes 2 --disable-progress-bar models tests/singular

lint-python: .venv/installed-dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/python tests/portable_sql.py models tests/singular

lint-changed: lint-python
	files=$$($(CHANGED)); test -z "$$files" || $(BIN)/sqlfluff lint --disable-progress-bar $$files

types: .venv/installed-dev ## mypy
	$(BIN)/mypy

pytest: .venv/installed-dev ## two files at a time, whole builds first; dbt's own tests and unit tests are part of a build
	$(BIN)/pytest $(TWO_FILES) -m "not long" tests/e2e tests/python

pytest-fast: .venv/installed-dev
	$(BIN)/pytest -m "not slow"

# every model on a made shop of a hundred; keys are enforced by the tables, other tests of data are left to `make build`
build-small: .venv/installed
	rm -rf $(SMALL)/raw
	$(BIN)/customer-insight demo --customers 100 --seed 1 --format parquet --to $(SMALL)/raw
	DBT_TARGET_PATH=$(SMALL)/target CUSTOMER_INSIGHT_SOURCE=files CUSTOMER_INSIGHT_RAW=$(SMALL)/raw \
		CUSTOMER_INSIGHT_WAREHOUSE=$(SMALL)/shop_of_100.duckdb $(BIN)/dbt build --profiles-dir profiles --quiet \
		--resource-type model --resource-type seed --vars '{evaluate: false}'

slow-tests: .venv/installed-dev ## finds the tests that test-fast leaves out: tests/slow_tests.txt
	$(BIN)/pytest --write-slow-tests tests/python

format: .venv/installed-dev ## style that a program can mend: Python, and changed SQL
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .
	files=$$($(CHANGED)); test -z "$$files" || $(BIN)/sqlfluff fix --disable-progress-bar $$files

test-bi: .venv/installed-dev .venv-bi/installed ## a real Superset reads the results; not part of `test`, minutes and 1 GB
	$(BIN)/pytest tests/bi

bench: .venv/installed-dev ## the project beside its peers; an hour
	$(BIN)/python -m benchmarks

clean: ## takes away what was installed and built, warehouses included
	rm -rf .venv .venv-bi warehouse target logs

.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(INSTALL) -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	$(INSTALL) -r requirements-dev.lock
	touch $@

.venv-bi/installed: requirements-bi.lock
	$(PYTHON) -m venv .venv-bi
	.venv-bi/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-bi.lock
	touch $@
