# Everything a fresh machine needs: Python 3.11 or newer and make.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check
RUN := $(VENV)/.run
READY := $(VENV)/.ready

# Every process would compile the packages again: eight seconds a worker.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: dev lock demo quick test lint format docs sbom audit bench clean

demo: $(RUN)  ## harvest the bundled sample portals, publish, serve (ARGS=--no-serve ends after publishing)
	$(BIN)/harvester demo $(ARGS)

quick: $(READY)  ## the inner loop: a cross-section of the tests in under a minute (tests/cross_section.py)
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --quick $(ARGS)

test: $(READY)  ## the whole test suite, warnings as errors
	$(BIN)/python -m pytest -q $(ARGS)

lint: $(READY)  ## ruff, mypy --strict, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(READY)  ## docs/cli.md, data.md, indicators.md, folders of architecture.md
	$(BIN)/python -m harvester.reference

sbom: $(READY)  ## build/sbom.json (CycloneDX) and build/licences.md of everything that `make` installs
	$(BIN)/python -m harvester.maintain.bill_of_materials requirements/run.txt build

audit: $(READY)  ## known vulnerabilities of what is locked, where the database of pip-audit can be reached
	$(BIN)/uv tool run pip-audit --requirement requirements/run.txt --require-hashes --disable-pip --progress-spinner off

bench: $(READY)  ## speed beside peers, in one run (see docs/reading.md, docs/portals.md, docs/site.md)
	$(BIN)/python -m bench $(ARGS)

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

dev: $(READY)  ## everything that tests, lint, browser, recognition and Parquet need

lock: $(READY)  ## requirements/*.txt: every package with its version and hashes, from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    pyproject.toml requirements/build.in --output-file requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --all-extras \
	    pyproject.toml requirements/build.in --output-file requirements/dev.txt

$(VENV):
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("make: needs Python 3.11 or newer, found " + sys.version.split()[0] + "; try make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

# What is installed is what was locked, byte for byte.
$(RUN): requirements/run.txt | $(VENV)
	$(PIP) --require-hashes --requirement requirements/run.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

$(READY): requirements/dev.txt | $(VENV)
	$(PIP) --require-hashes --requirement requirements/dev.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $(RUN) $@
