# Refigure: every figure of four meta-learning papers. `make` alone prints the targets.

SHELL := /bin/bash
.DEFAULT_GOAL := help

# One build for figures and tests alike: the numerical targets are optimised in it all the same.
BUILD := .build/debug
# How much to compute: make figures BUDGET=overnight
BUDGET ?= standard
# More flags for the figures: make figures FLAGS="--threads 1"
FLAGS ?=
FIGURES := $(notdir $(wildcard Figures/*/fig* Figures/*/table* Figures/*/theorem*))
APT := build-essential libopenblas-dev libcairo2-dev libpng-dev libjpeg-dev libarchive-dev fontconfig fonts-dejavu-core
# Swift's tools leave empty folders behind where temporary files go; so they get a place that goes too.
SWIFT := scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && TMPDIR=$$scratch swift

.PHONY: help setup build figures smoke test fuzz data doctor golden check haswell claims reproduce keep report \
  benchmark benchmark-peers format lint clean $(FIGURES)

help:
	@echo "make figures          all figures at the standard budget, into Output/figures"
	@echo "make smoke            all figures at the smoke budget, into Output/smoke"
	@echo "make <figure>         one figure: $(FIGURES)"
	@echo "make test             all tests"
	@echo "make fuzz             damaged files for every reader, FUZZ_SECONDS=60 for each"
	@echo "make check            figures against their golden values"
	@echo "make claims           the verdicts on the papers' claims, from the results in Data/results"
	@echo "make reproduce        the tables of REPRODUCE.md and README.md anew"
	@echo "make keep             the results of the last make figures into Data/results"
	@echo "make report           one page to look at, Output/report/index.html"
	@echo "make haswell          the standard results with Haswell kernels, kept beside the others"
	@echo "make golden           the golden values anew, with what changes"
	@echo "make doctor           what is here and what is missing"
	@echo "make data             the data sets on disk, and where to get those that are not"
	@echo "make benchmark        the time of operations and meta-steps"
	@echo "make benchmark-peers  the same beside PyTorch and JAX"
	@echo "make setup, build, format, lint, clean"

# The packages are looked for by what they bring, which takes no time when they are there.
setup:
	@command -v swift > /dev/null || { echo "Swift 6.2 or later is needed: https://www.swift.org/install"; exit 1; }
	@if ! { pkg-config --exists openblas cairo libpng libjpeg libarchive && command -v fc-match; } > /dev/null 2>&1; then \
	  if ! command -v apt-get > /dev/null; then \
	    echo "install what Debian calls: $(APT)"; exit 1; \
	  elif [ "$$(id -u)" = 0 ]; then \
	    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends pkg-config $(APT); \
	  elif sudo -n true 2> /dev/null; then \
	    sudo apt-get update -q && sudo DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends pkg-config $(APT); \
	  else \
	    echo "as root: apt-get install pkg-config $(APT)"; exit 1; \
	  fi; \
	fi

build: setup
	@$(SWIFT) build

figures: build
	@$(BUILD)/refigure run --budget $(BUDGET) $(FLAGS)

smoke: build
	@$(BUILD)/refigure run --budget smoke --output Output/smoke $(FLAGS)

$(FIGURES): build
	@$(BUILD)/$@ --budget $(BUDGET) $(FLAGS)

test: setup
	@$(SWIFT) test $(FLAGS)

fuzz: setup
	@Tests/Fuzzing/fuzz $(or $(FUZZ_SECONDS),60)

doctor data: build
	@$(BUILD)/refigure doctor $(DATA)

check: build
	@$(BUILD)/refigure check

golden: build
	@$(BUILD)/refigure check --write

claims: build
	@$(BUILD)/refigure claims $(if $(BECAUSE),--because "$(BECAUSE)")
	@$(BUILD)/refigure reproduce

reproduce: build
	@$(BUILD)/refigure reproduce

report: build
	@$(BUILD)/refigure report $(if $(DATA),--data-root $(DATA))

keep: build
	@$(BUILD)/refigure keep $(FLAGS)

# The standard results once more with other kernels, for this one command: a verdict that differs is open.
haswell: build
	@OPENBLAS_CORETYPE=Haswell $(BUILD)/refigure run --budget standard --output Output/haswell $(FLAGS)
	@$(BUILD)/refigure keep --output Output/haswell

benchmark: setup
	@$(SWIFT) run -c release Benchmarks $(FLAGS)

benchmark-peers: setup
	@cd Tests/Peers && for python in python3.13 python3.12 python3; do \
	  if $$python -c '' 2> /dev/null; then $$python -m venv .venv; break; fi; \
	done && .venv/bin/pip install -q -r requirements.txt
	@swift build -c release --product Benchmarks
	@Tests/Peers/.venv/bin/python Tests/Peers/compare.py "$$(swift build -c release --show-bin-path)/Benchmarks"

format:
	@swift format --in-place --recursive Package.swift Sources Figures Tests

lint:
	@swift format lint --strict --recursive Package.swift Sources Figures Tests

clean:
	@swift package clean
