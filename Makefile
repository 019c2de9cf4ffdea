# nianbao: every target does its own set-up.
CARGO ?= cargo
export CARGO_TARGET_DIR ?= $(CURDIR)/target
BIN = $(CARGO_TARGET_DIR)/release
VENV = $(CARGO_TARGET_DIR)/venv
PYTHON = $(VENV)/bin/python
BENCH_DIR ?= /tmp/nianbao-bench
DIST = $(CARGO_TARGET_DIR)/dist
PREFIX ?= /usr/local

.DEFAULT_GOAL := help
.PHONY: help run test test-python test-engines wheel test-formats test-hostile test-docs test-figures test-page test-explore picture test-offices lint ocr-models test-ocr dist install bench sample dictionary rules readme fuzz clean

help: ## What there is to make
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: ## Build, and run the main job on the sample archive: dataset and summaries in out/sample
	$(CARGO) build --release --locked --bin nianbao
	$(BIN)/nianbao run pipelines/sample.toml

test: lint $(VENV)/.ready ## All tests: format, lints, Rust, and reading the dataset from Python
	$(CARGO) build --release --locked --bin nianbao
	NIANBAO_PYTHON=$(PYTHON) $(CARGO) test --release --locked --workspace --no-fail-fast
	tools/imports.py

WHEELS = $(CARGO_TARGET_DIR)/wheels
WHEEL_VENV = $(CARGO_TARGET_DIR)/wheel-venv

# As `pip install ./python` makes it, but of the profile that tests are built with, and from the same target folder.
wheel: ## The Python wheel, for tests, in target/wheels; `pip install ./python` builds the one to install
	rm -rf $(WHEELS)
	MATURIN_PEP517_ARGS="--profile release" python3 -m pip wheel --quiet --disable-pip-version-check --no-deps -w $(WHEELS) ./python

test-python: run wheel ## The wheel in a fresh environment: its tests and examples over the sample, and its types
	rm -rf $(WHEEL_VENV)
	python3 -m venv $(WHEEL_VENV)
	$(WHEEL_VENV)/bin/python -m pip install --quiet --disable-pip-version-check $(WHEELS)/nianbao-*.whl
	cd /tmp && $(WHEEL_VENV)/bin/python -c "import nianbao; assert len(nianbao.read('$(CURDIR)/data/sample/archive/各种格式/docx-plain-2021.docx').cells.to_dicts()) == 200"
	$(WHEEL_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r python/tests/requirements.txt
	cd python/tests && NIANBAO_DATASET=$(CURDIR)/out/sample/dataset NIANBAO_PROGRAM=$(BIN)/nianbao $(WHEEL_VENV)/bin/python -m pytest -q -p no:cacheprovider .
	cd python/tests && $(WHEEL_VENV)/bin/python -m mypy.stubtest nianbao --mypy-config-file ../pyproject.toml --allowlist stubtest-allow.txt
	cd python/tests && $(WHEEL_VENV)/bin/python -m mypy --config-file ../pyproject.toml -p nianbao

ENGINES = $(CARGO_TARGET_DIR)/engines

# An environment for each: together they would pull each other's pyarrow down. 60 files, 6 tasks; the release must be that of
# `run`. Needs Java 17 for Spark.
test-engines: run wheel ## The examples for Spark and Ray on the sample archive: the release is that of one process
	rm -rf $(ENGINES)/out && mkdir -p $(ENGINES)/out
	for engine in spark ray; do \
	    test -x $(ENGINES)/$$engine/bin/python || python3 -m venv $(ENGINES)/$$engine || exit 1; \
	    $(ENGINES)/$$engine/bin/python -m pip install --quiet --disable-pip-version-check -r examples/engines/requirements-$$engine.txt || exit 1; \
	    $(ENGINES)/$$engine/bin/python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps $(WHEELS)/nianbao-*.whl || exit 1; \
	done
	cd examples/engines && PYSPARK_SUBMIT_ARGS="--master local[2,4] --conf spark.ui.enabled=false --conf spark.ui.showConsoleProgress=false --conf spark.driver.host=127.0.0.1 pyspark-shell" \
	    SPARK_LOCAL_IP=127.0.0.1 $(ENGINES)/spark/bin/python spark_job.py $(CURDIR)/data/sample/archive $(ENGINES)/out/spark 6
	cd examples/engines && RAY_USAGE_STATS_ENABLED=0 \
	    $(ENGINES)/ray/bin/python ray_job.py $(CURDIR)/data/sample/archive $(ENGINES)/out/ray 6
	for engine in spark ray; do python3 examples/engines/check.py $(ENGINES)/out/$$engine out/sample/dataset || exit 1; done

NOTEBOOKS_VENV = $(CARGO_TARGET_DIR)/notebooks-venv

test-docs: run wheel $(NOTEBOOKS_VENV)/.ready ## The notebooks and the tutorial, run as written on the sample dataset
	$(NOTEBOOKS_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps $(WHEELS)/nianbao-*.whl
	$(NOTEBOOKS_VENV)/bin/python tests/python/notebooks.py out/sample/dataset data/sample/archive
	$(NOTEBOOKS_VENV)/bin/python tests/python/tutorial.py --have out/sample/dataset

PAGE_TOOLS = $(CARGO_TARGET_DIR)/page-tools

test-figures: run $(NOTEBOOKS_VENV)/.ready ## Every figure of the quality page against the dataset
	$(NOTEBOOKS_VENV)/bin/python tests/page/figures.py out/sample/dataset/current out/sample/summaries/quality --least 10000

test-page: test-figures $(PAGE_TOOLS)/.ready ## The quality page in headless Chromium (installs it as root on Debian)
	command -v chromium >/dev/null || (apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk) >/dev/null
	cd $(PAGE_TOOLS) && node $(CURDIR)/tests/page/check.mjs $(CURDIR)/out/sample/summaries/quality

test-explore: run $(NOTEBOOKS_VENV)/.ready $(PAGE_TOOLS)/.ready ## The pages of bodies in headless Chromium: forty tasks, and every figure against the dataset
	command -v chromium >/dev/null || (apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk) >/dev/null
	$(NOTEBOOKS_VENV)/bin/python tests/explore/figures.py truth out/sample/dataset/current $(PAGE_TOOLS)/truth.json
	cd $(PAGE_TOOLS) && node $(CURDIR)/tests/explore/check.mjs $(CURDIR)/out/sample/summaries/explore truth.json --shots shots
	cd $(PAGE_TOOLS) && node $(CURDIR)/tests/explore/read.mjs $(CURDIR)/out/sample/summaries/explore seen.json
	$(NOTEBOOKS_VENV)/bin/python tests/explore/figures.py compare out/sample/dataset/current $(PAGE_TOOLS)/seen.json --least 15000

picture: test-explore ## Make the README's picture of a body again
	cp $(PAGE_TOOLS)/shots/body-1280-light.png docs/explore.png

test-offices: $(VENV)/.ready ## Summaries of a generated archive against what was printed, as CSV, as workbooks, and through LibreOffice (installs it as root on Debian)
	$(CARGO) build --release --locked --bin nianbao
	command -v soffice >/dev/null || (apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-calc) >/dev/null || true
	CI=$${CI-1} $(PYTHON) tests/python/offices.py $(BIN)/nianbao

FORMATS_DIR ?= $(CARGO_TARGET_DIR)/formats
FORMATS_VENV = $(CARGO_TARGET_DIR)/formats-venv

test-formats: $(FORMATS_VENV)/.ready ## Every format: make the whole suite with other programs, read it, and damaged copies of it (installs LibreOffice and Chromium as root on Debian)
	for tool in soffice chromium pdftotext qpdf; do command -v $$tool >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-writer libreoffice-calc chromium fonts-noto-cjk fonts-wqy-zenhei poppler-utils qpdf; break; }; done
	mkdir -p $(FORMATS_DIR)
	$(FORMATS_VENV)/bin/python tests/formats/make.py $(FORMATS_DIR)
	$(FORMATS_VENV)/bin/python tests/formats/make.py --mutate $(FORMATS_DIR) 6
	NIANBAO_FORMATS=$(FORMATS_DIR) $(CARGO) test --release --locked -p nianbao-dataset --test it -- --nocapture formats::
	NIANBAO_FORMATS=$(FORMATS_DIR)/mutated $(CARGO) test --release --locked -p nianbao-dataset --test it -- --nocapture formats::the_whole

test-hostile: ## In full what `make test` runs in a small form: killed runs, damaged files of every format, bombs, orders of heads in every layout
	NIANBAO_KILLS=1000 $(CARGO) test --release --locked --test it faults::
	NIANBAO_MUTATIONS=3000 $(CARGO) test --release --locked -p nianbao-dataset --test it mutations::
	$(CARGO) test --release --locked -p nianbao-dataset --test it bombs:: robust::
	NIANBAO_ORDERS=all $(CARGO) test --release --locked -p nianbao-dataset --test it orders:: -- --nocapture
	$(CARGO) test --release --locked --test it hostile::

lint: ## rustfmt and clippy, warnings denied
	$(CARGO) fmt --check
	$(CARGO) clippy --release --locked --workspace --all-targets -- -D warnings

OCR_MODELS ?= $(CARGO_TARGET_DIR)/ocr-models

ocr-models: ## The models that read scans, fetched into OCR_MODELS by version and SHA-256
	python3 tools/ocr_models.py $(OCR_MODELS)

SCANS_DIR ?= $(CARGO_TARGET_DIR)/scans
SCANS ?= --small
SCANS_VENV = $(CARGO_TARGET_DIR)/scans-venv

test-ocr: $(SCANS_VENV)/.ready ## Scans made for the test, read by the models; skipped where these cannot be had, unless CI_REQUIRE_OCR is set
	test -f /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc -a -f /usr/share/fonts/truetype/wqy/wqy-zenhei.ttc || (apt-get update -qq && apt-get install -y -qq --no-install-recommends fonts-noto-cjk fonts-wqy-zenhei poppler-utils) >/dev/null || true
	if $(MAKE) --no-print-directory ocr-models && $(SCANS_VENV)/bin/python -B tests/ocr/make.py $(SCANS_DIR) $(SCANS); then \
	    $(CARGO) clippy --release --locked -p nianbao-read -p nianbao-testing --features nianbao-testing/ocr --all-targets -- -D warnings && \
	    NIANBAO_OCR_MODELS=$(OCR_MODELS) NIANBAO_SCANS=$(SCANS_DIR) NIANBAO_SCANS_LEAST=0.95 \
	    $(CARGO) test --release --locked -p nianbao-testing --features ocr --test scans -- --nocapture; \
	else echo "SKIPPED here: scans; the models or the fonts cannot be had" >&2; test -z "$$CI_REQUIRE_OCR"; fi

dist: ## The program as it is installed: everything optimised, LTO, stripped, with the recogniser of scans
	$(CARGO) build --profile dist --locked --features ocr --bin nianbao

install: dist ## Program, man pages and completions below PREFIX (/usr/local); DESTDIR for packagers
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 0755 $(DIST)/nianbao $(DESTDIR)$(PREFIX)/bin/nianbao
	$(DIST)/nianbao manual $(DESTDIR)$(PREFIX)

BENCH ?= --stages
PEER = $(CURDIR)/../shared/bench/peer.py
PEER_VENV = $(CARGO_TARGET_DIR)/peer-venv

bench: dist ## CPU and memory of `dist` beside the floor and a script (PEER), into benches/results (makes some 5 GB in BENCH_DIR)
	$(CARGO) build --release --locked --examples
	mkdir -p $(BENCH_DIR)
	if test -f $(PEER) && ! test -d $(PEER_VENV); then python3 -m venv $(PEER_VENV) && $(PEER_VENV)/bin/python -m pip install --quiet --disable-pip-version-check selectolax==1.0.2 pyarrow==26.0.1; fi
	NIANBAO_PEER="$$(test -f $(PEER) && echo $(PEER_VENV)/bin/python $(PEER))" python3 benches/run.py $(DIST)/nianbao $(BIN)/examples $(BENCH_DIR) benches/results/$$(date +%F).md $(BENCH)
	python3 benches/nightly.py $(DIST)/nianbao $(BIN)/examples $(BENCH_DIR) benches/results/$$(date +%F).md
	if test -d $(FORMATS_DIR); then python3 benches/formats.py $(BIN) $(FORMATS_DIR) benches/results/$$(date +%F).md; fi

sample: ## Make data/sample again from its generator
	NIANBAO_REGENERATE=1 $(CARGO) test --release --locked --test it sample::

dictionary: ## Make docs/dictionary.md again from the schema
	$(CARGO) build --release --locked --bin nianbao
	$(BIN)/nianbao dictionary > docs/dictionary.md

rules: ## Make docs/rules.md again from the registry of rules and data/rules
	NIANBAO_REGENERATE=1 $(CARGO) test --release --locked -p nianbao-report --test it rules::

readme: $(VENV)/.ready ## Put the real output of the sample run into both READMEs
	$(CARGO) build --release --locked --bin nianbao
	$(PYTHON) tools/readme.py $(BIN)/nianbao $(PYTHON)

fuzz: ## Ten minutes of each fuzz target (needs a nightly toolchain and cargo-fuzz)
	python3 fuzz/seeds.py tests/data/formats $(CARGO_TARGET_DIR)/fuzz-seeds
	cd fuzz && for t in read extract pdf page marks word container; do mkdir -p corpus/$$t $(CARGO_TARGET_DIR)/fuzz-seeds/$$t; \
	    cargo +nightly fuzz run $$t corpus/$$t $(CARGO_TARGET_DIR)/fuzz-seeds/$$t -- \
	    -max_total_time=600 -timeout=10 -rss_limit_mb=2048 -entropic=0 || exit 1; done

$(NOTEBOOKS_VENV)/.ready: notebooks/requirements.txt
	python3 -m venv $(NOTEBOOKS_VENV)
	$(NOTEBOOKS_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r notebooks/requirements.txt
	touch $@

$(PAGE_TOOLS)/.ready: tests/page/package-lock.json
	mkdir -p $(PAGE_TOOLS)
	cp tests/page/package.json tests/page/package-lock.json $(PAGE_TOOLS)
	cd $(PAGE_TOOLS) && npm ci --silent --no-audit --no-fund
	touch $@

$(FORMATS_VENV)/.ready: tests/formats/requirements.txt
	python3 -m venv $(FORMATS_VENV)
	$(FORMATS_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r tests/formats/requirements.txt
	touch $@

$(SCANS_VENV)/.ready: tests/ocr/requirements.txt
	python3 -m venv $(SCANS_VENV)
	$(SCANS_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r tests/ocr/requirements.txt
	touch $@

$(VENV)/.ready: tests/python/requirements.txt
	python3 -m venv $(VENV)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r tests/python/requirements.txt
	touch $@

clean: ## Remove what `make run` made
	rm -rf out
