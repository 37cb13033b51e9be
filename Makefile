# Everything a newcomer or the CI runs. Each target sets up what it needs.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
# What is never imported need not be compiled; the rest is, when it first is.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
RUN_READY := .venv/.run-ready
DEV_READY := .venv/.dev-ready

# What a test starts anew need not be compiled anew, whatever the surroundings say.
unexport PYTHONDONTWRITEBYTECODE

# On a real disk.
PROVE := TMPDIR=$${TMPDIR:-/tmp} $(BIN)/pytest -m proof -p no:cacheprovider
RUSH := tests/proofs/test_rush.py

.PHONY: run test check proofs bench seed lock pictures clean

run: $(RUN_READY)  ## Load the demonstration, write out/*.docx, serve on 127.0.0.1:$(PORT)
	@$(BIN)/catalogue run --port $(PORT)

test: $(DEV_READY)  ## Run every test
	$(BIN)/pytest -n 4 --dist loadscope -m "not proof"

check: $(DEV_READY)  ## Format, lint, types, layers, templates
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --check --lint

proofs: $(DEV_READY)  ## The longer proofs: races, killed processes, rushes, fuzzing
	$(PROVE) --ignore $(RUSH)
	$(PROVE) $(RUSH)  # by itself: what other proofs keep running beside it would slow it down

bench: $(DEV_READY)  ## Ratios against the floors measured in the same run
	$(BIN)/python -m benchmarks

seed: $(DEV_READY)  ## Build the seed's Word files again from their sources
	$(BIN)/python -m seed.btctw_2752_2765.build

pictures: $(DEV_READY)  ## Take the pictures of the README and the user guide
	PYTHONPATH=. $(BIN)/python docs/huong-dan/take_pictures.py

lock: $(DEV_READY)  ## Pin and hash the requirements again
	$(BIN)/python -m pip install pip-tools
	for each in requirements-pip requirements requirements-dev; do \
	  $(BIN)/pip-compile -q --generate-hashes --no-annotate --no-emit-find-links --no-emit-index-url \
	    --no-emit-trusted-host --allow-unsafe --strip-extras -o $$each.txt $$each.in || exit; \
	done

clean:  ## Forget the virtual environment, the database and what was written
	rm -rf .venv instance out build

$(RUN_READY): requirements-pip.txt requirements.txt pyproject.toml
	@test -x $(BIN)/python || { echo "Tạo môi trường Python (.venv)…"; $(PYTHON) -m venv .venv; }
	@echo "Cài thư viện đã ghim và kiểm tra mã băm…"
	@$(INSTALL) --require-hashes -r requirements-pip.txt  # Python's own looks through an index for twice as long
	@$(INSTALL) --require-hashes -r requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(DEV_READY): $(RUN_READY) requirements-dev.txt
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@
