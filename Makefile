# Gradient Book. `make` lists what there is to make. All that is needed: make, and Python 3.11 or newer.

PYTHON ?= python3
PORT   ?= 8000
JOBS   ?= auto
RUNS   ?= 10
VENV   := .venv
BIN    := $(VENV)/bin
# Installed packages: an empty file each, newer than the list it was installed from.
BOOK   := $(VENV)/book-installed
TOOLS  := $(VENV)/tools-installed

NBVAL   = $(BIN)/pytest -n $(JOBS) --dist loadscope --nbval notebooks/
BROWSER = $(BIN)/pytest -n $(JOBS) --dist worksteal tests -m browser

# Many small matrices are multiplied faster by one thread.
export OPENBLAS_NUM_THREADS ?= 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help book zip test steady linkcheck fuzz notebooks serve lab bench clean

help:
	@echo "make book       build the site into _build/html and say where to open it (EDITION=student: no solutions)"
	@echo "make zip        the same, packed into _build/gradient-book.zip for a USB stick or a learning platform"
	@echo "make test       check everything: code, notebooks, and the built pages in a browser"
	@echo "make steady     test notebooks and pages $(RUNS) times in a row, until one fails (RUNS=3: three times)"
	@echo "make linkcheck  try the links to other sites"
	@echo "make fuzz       2,000 random events on every figure"
	@echo "make notebooks  execute the chapters afresh and write them back, ready to commit"
	@echo "make serve      build the book and serve it on http://localhost:$(PORT)"
	@echo "make lab        open the chapters in JupyterLab"
	@echo "make bench      measure the built pages (prints tables; OPTIONS=--help lists options)"
	@echo "make clean      remove what was built (.venv stays)"

book: $(BOOK)
	$(BIN)/jupyter-book build . -W -n --keep-going

zip: book
	cd _build/html && $(CURDIR)/$(BIN)/python -m zipfile -c ../gradient-book.zip .
	@echo "_build/gradient-book.zip: unpack it anywhere and open index.html"

test: $(TOOLS)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n $(JOBS) --dist worksteal --doctest-modules gradcore livefig book tests -m "not browser"
	$(NBVAL)
	$(MAKE) book
	$(BIN)/python tests/browser.py
	$(BROWSER)

steady: $(TOOLS) book
	for run in $$(seq $(RUNS)); do echo "Run $$run of $(RUNS)"; $(NBVAL) && $(BROWSER) || exit 1; done

linkcheck: $(BOOK)
	$(BIN)/jupyter-book build . --builder custom --custom-builder linkcheck

fuzz: $(TOOLS) book
	FUZZ_EVENTS=2000 $(BIN)/pytest tests/book/test_fuzz.py

notebooks: $(BOOK)
	$(BIN)/python notebooks/execute.py

serve: book
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

lab: $(TOOLS)
	$(BIN)/jupyter lab notebooks/ $(if $(filter 0,$(shell id -u)),--allow-root)

bench: $(TOOLS) book
	$(BIN)/python benchmarks/run.py $(OPTIONS)

clean:
	rm -rf _build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BOOK): requirements.txt pyproject.toml | $(BIN)
	$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

$(TOOLS): tests/requirements.txt $(BOOK)
	$(BIN)/python -m pip install --quiet -r tests/requirements.txt
	@touch $@

$(BIN):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'Python 3.11 or newer is needed; name one: make PYTHON=/path/to/python3'; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo 'Python cannot make a virtual environment here; on Debian: apt-get install python3-venv'; exit 1; }
