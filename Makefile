# Each sets up what it needs, once.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: serve site bundle test check engines bench bench-build bench-serve bench-search bench-search-cost bench-load bench-faults lighthouse pictures licences sbom clean

serve: .venv/site-ready
	@$(BIN)/guide serve

site: .venv/site-ready
	@$(BIN)/guide site

bundle: .venv/site-ready
	@$(BIN)/guide bundle

test: .venv/dev-ready .venv/browser-ready
	@$(BIN)/python -m pytest

check: .venv/dev-ready
	@$(BIN)/guide check
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/zizmor --offline --quiet --pedantic .github

engines: .venv/dev-ready
	@PYTHONPATH=tests $(BIN)/python -m support.engines

# BENCH=quick for a first look, BENCH=full for 8,000 pages; SEED=2 for another library.
bench: bench-build bench-serve

bench-build: .venv/dev-ready
	@BENCH=$(BENCH) SEED=$(SEED) $(BIN)/python -m bench.build

bench-serve: .venv/dev-ready .venv/browser-ready
	@BENCH=$(BENCH) SEED=$(SEED) PYTHONPATH=tests $(BIN)/python -m bench.serve

bench-search: .venv/dev-ready .venv/browser-ready
	@$(BIN)/guide site
	@PYTHONPATH=tests $(BIN)/python -m bench.search $(if $(filter quick,$(BENCH)),--quick) $(QUESTIONS)

bench-search-cost: .venv/dev-ready .venv/browser-ready
	@$(BIN)/guide site
	@PYTHONPATH=tests $(BIN)/python -m bench.search_cost

bench-load: .venv/dev-ready .venv/browser-ready
	@$(BIN)/guide site
	@PYTHONPATH=tests $(BIN)/python -m bench.load

bench-faults: .venv/dev-ready
	@PYTHONPATH=tests $(BIN)/python -m bench.faults

lighthouse: .venv/dev-ready .venv/browser-ready
	@PYTHONPATH=tests $(BIN)/python -m bench.lighthouse

pictures: .venv/dev-ready .venv/browser-ready
	@PYTHONPATH=tests $(BIN)/python -m bench.pictures

licences: .venv/site-ready
	@PYTHONPATH=tests $(BIN)/python -m support.licences

sbom: .venv/site-ready
	@PYTHONPATH=tests $(BIN)/python -m support.licences --sbom

clean:
	rm -rf .venv .cache .guide site .site-new-* site-server .site-server-new-* .bundle-* policy-guide.zip

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 2))' || \
	  { echo "This needs Python 3.11.2 or later; say which with: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
	  echo "On Debian and Ubuntu the module venv is a package of its own: sudo apt install python3-venv"; exit 1; }
	@touch $@

.venv/site-ready: .venv/made requirements/build.txt requirements/site.txt pyproject.toml
	@echo "Setting up …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation -r requirements/site.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev-ready: .venv/site-ready requirements/dev.txt
	@echo "Setting up the tests …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation -r requirements/dev.txt
	@touch $@

.venv/browser-ready: .venv/dev-ready
	@$(BIN)/python tests/support/programs.py
	@touch $@
