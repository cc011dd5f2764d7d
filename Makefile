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

.PHONY: build metrics docs picture test lint types pytest test-bi bench clean

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

test: lint types pytest ## everything that CI checks

lint: .venv/installed-dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --processes 2 --disable-progress-bar models tests/singular
	$(BIN)/python tests/portable_sql.py models tests/singular

types: .venv/installed-dev
	$(BIN)/mypy

pytest: .venv/installed-dev ## two files at a time, whole builds first; dbt's own tests and unit tests are part of a build
	$(BIN)/pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder tests/e2e tests/python

test-bi: .venv/installed-dev .venv-bi/installed ## a real Superset reads the results; not part of `test`, minutes and 1 GB
	$(BIN)/pytest tests/bi

bench: .venv/installed-dev
	$(BIN)/python -m benchmarks

clean:
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
