# Gradient Book. `make` lists what there is to make. All that is needed: make, and Python 3.11 or newer.

PYTHON ?= python3
PORT   ?= 8000
JOBS   ?= auto
RUNS   ?= 10
BROWSERS ?= chromium firefox webkit
EDITION ?= full
SITE   := _build/$(if $(filter student,$(EDITION)),student,html)
ZIP    := gradient-book$(if $(filter student,$(EDITION)),-student).zip
VENV   := .venv
BIN    := $(VENV)/bin
# Installed packages: an empty file each, newer than the list it was installed from.
BOOK   := $(VENV)/book-installed
TOOLS  := $(VENV)/tools-installed

TESTS   = $(BIN)/pytest -n $(JOBS) --dist worksteal --doctest-modules gradcore livefig book tests
NBVAL   = $(BIN)/pytest -n $(JOBS) --dist loadscope --nbval notebooks/
BROWSER = $(BIN)/pytest -n $(JOBS) --dist loadscope -r s tests -m "browser and not long"

# Many small matrices are multiplied faster by one thread.
export OPENBLAS_NUM_THREADS ?= 1
# Hundreds of processes import the same modules: these are compiled once.
export PYTHONDONTWRITEBYTECODE :=
export BROWSERS EDITION

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help book handout zip check lint test slow steady lowest newest lock linkcheck notebooks serve lab bench clean

help:
	@echo "make book       build the site into _build/html and say where to open it (EDITION=student: without solutions, into _build/student)"
	@echo "make zip        the same, packed into _build/gradient-book.zip for a USB stick or a learning platform"
	@echo "make handout    the students' notebooks, without solutions, into _build/handout (BRANCH=students: and into that branch)"
	@echo "make check      two minutes: style, types, and the quick tests of the code"
	@echo "make test       check everything: code, notebooks, and the built pages in three browsers (BROWSERS=chromium: in one)"
	@echo "make slow       what takes long and finds little: new random cases, $(RUNS) runs in a row"
	@echo "make steady     test notebooks and pages $(RUNS) times in a row, until one fails (RUNS=3: three times)"
	@echo "make linkcheck  try the links to other sites"
	@echo "make lowest     the quick tests with the lowest allowed versions of NumPy and others (make newest: the newest)"
	@echo "make lock       write constraints.txt anew: which version of every package the book is built with"
	@echo "make notebooks  execute the chapters afresh and write them back, ready to commit"
	@echo "make serve      build the book and serve it on http://localhost:$(PORT)"
	@echo "make lab        open the chapters in JupyterLab"
	@echo "make bench      measure the built pages (prints tables; OPTIONS=--help lists options)"
	@echo "make clean      remove what was built (.venv stays)"

book: $(BOOK)
	$(BIN)/jupyter-book build . -W -n --keep-going
	@echo "The $(EDITION) edition of the book: $(SITE)/index.html"

handout: $(BOOK)
	$(BIN)/python notebooks/hand_out.py _build/handout $(BRANCH)

zip: book
	cd $(SITE) && $(CURDIR)/$(BIN)/python -m zipfile -c ../$(ZIP) .
	@echo "_build/$(ZIP): unpack it anywhere and open index.html"

# A test without a mark runs in check and test. Each other runs in exactly one line of test or slow.
check: lint
	$(TESTS) -m "not browser and not slow and not long"

lint: $(TOOLS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	if [ -x $(BIN)/oxlint ]; then $(BIN)/oxlint --deny-warnings livefig book benchmarks tests; fi
	if [ -x $(BIN)/biome ]; then $(BIN)/biome format .; fi

test: lint
	$(TESTS) -m "not browser and not long"
	$(NBVAL)
	$(MAKE) book
	$(BIN)/python tests/browser.py
	$(BROWSER)

slow: $(TOOLS) book
	$(TESTS) -m "long"
	$(TESTS) -m "hypothesis" --hypothesis-profile=thorough
	$(MAKE) steady

steady: $(TOOLS) book
	for run in $$(seq $(RUNS)); do echo "Run $$run of $(RUNS)"; $(NBVAL) && $(BROWSER) || exit 1; done

linkcheck: $(BOOK)
	$(BIN)/jupyter-book build . --builder custom --custom-builder linkcheck

lowest newest:
	$(PYTHON) -m venv --clear .venv-$@
	$(PYTHON) tests/versions.py $@ > .venv-$@/versions.txt
	.venv-$@/bin/python -m pip install --quiet -e '.[digits]' -r .venv-$@/versions.txt
	.venv-$@/bin/python -m pytest tests/gradcore tests/livefig -m "not browser and not slow and not long" \
	  -W default::DeprecationWarning -W default::PendingDeprecationWarning

lock: $(BOOK)
	$(BIN)/python -m pip install --quiet uv==0.13.9
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-annotate --custom-compile-command "make lock" \
	  --no-emit-package gradcore $(OPTIONS) tests/requirements.txt --output-file constraints.txt

notebooks: $(BOOK)
	$(BIN)/python notebooks/execute.py

serve: book
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory $(SITE) $(PORT)

lab: $(TOOLS)
	$(BIN)/jupyter lab notebooks/ $(if $(filter 0,$(shell id -u)),--allow-root)

bench: $(TOOLS) book
	$(BIN)/python benchmarks/run.py $(OPTIONS)
	$(BIN)/python benchmarks/reading.py

clean:
	rm -rf _build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BOOK): requirements.txt constraints.txt pyproject.toml | $(BIN)
	$(BIN)/python -m pip install --quiet -r requirements.txt -c constraints.txt
	@touch $@

$(TOOLS): tests/requirements.txt $(BOOK)
	$(BIN)/python -m pip install --quiet -r tests/requirements.txt -c constraints.txt
	@touch $@

$(BIN):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'Python 3.11 or newer is needed; name one: make PYTHON=/path/to/python3'; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo 'Python cannot make a virtual environment here; on Debian: apt-get install python3-venv'; exit 1; }
