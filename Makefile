# Every target works on a fresh Debian machine that has the .NET 10 SDK and make.
export DOTNET_NOLOGO := 1
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_CLI_UI_LANGUAGE := en

LIBRDKAFKA := build/librdkafka/librdkafka.so.1
SOURCES := $(shell find src rules -type f 2>/dev/null) Directory.Build.props Directory.Packages.props $(wildcard $(LIBRDKAFKA))
NATIVE := tests/native/build/libredactor_re2.so
NODE_MODULES := tests/interop/node_modules/.package-lock.json

.PHONY: build run test native librdkafka differential arm64 fuzz encodings faults hostile reloads soak overload bench format clean

build: out/redactor

out/redactor: $(SOURCES)
	dotnet publish src/Redactor -c Release -o out
	@touch $@

run: build
	out/redactor run

# Results go to out/test-results as .trx files, from which .ci/run counts.
test: $(NODE_MODULES) native librdkafka
	rm -rf out/test-results
	dotnet test Redactor.sln -c Release --logger trx --results-directory out/test-results

# Minutes instead of seconds of random expressions against RE2, .NET and a naive matcher.
differential: native
	REDACTOR_DIFFERENTIAL_COUNT=$${REDACTOR_DIFFERENTIAL_COUNT:-1000000} dotnet test tests/Redactor.Scanner.Tests -c Release --filter FullyQualifiedName~Differential

# The scanner's tests on an emulated ARM64, which looks atoms up with NEON: of the classes or folders that CLASSES names. Others need an OpenSSL of ARM64. Minutes.
arm64: CLASSES ?= Filtering Automata Differential
arm64:
	tests/Redactor.Scanner.Arm64/install-emulator
	dotnet publish tests/Redactor.Scanner.Arm64 -c Release -r linux-arm64 --self-contained -v q -o out/arm64
	DOTNET_EnableWriteXorExecute=0 qemu-aarch64-static -L /usr/aarch64-linux-gnu out/arm64/Redactor.Scanner.Arm64 $(CLASSES)

# Mutated payloads through the redaction, COUNT of protobuf and COUNT of JSON: make fuzz COUNT=500000 SEED=1000000
fuzz: COUNT ?= 100000
fuzz: SEED ?= 1
fuzz:
	REDACTOR_MUTATIONS=$(COUNT) REDACTOR_SEED=$(SEED) dotnet test tests/Redactor.Tests -c Release --filter FullyQualifiedName~MutationTests

# VIEWS texts wrapped in up to four encodings, SECRETS known secrets in every encoding, MIB of text without any.
encodings: VIEWS ?= 20000
encodings: SECRETS ?= 10000
encodings: MIB ?= 100
encodings:
	REDACTOR_VIEWS=$(VIEWS) REDACTOR_KNOWN=$(SECRETS) REDACTOR_TEXT_MIB=$(MIB) dotnet test tests/Redactor.Tests -c Release --filter "FullyQualifiedName~ViewLawTests|FullyQualifiedName~KnownFormsTests"

# Sender or Kafka -> redactor -> two backends while everything dies at random: make faults RUNS=100 RECORDS=200000 SEED=1. A line a run in out/faults.md.
faults: RUNS ?= 100
faults: RECORDS ?= 200000
faults: SEED ?= 1
faults: librdkafka
	mkdir -p out
	REDACTOR_FAULT_RUNS=$(RUNS) REDACTOR_FAULT_RECORDS=$(RECORDS) REDACTOR_SEED=$(SEED) REDACTOR_FAULT_REPORT=$(CURDIR)/out/faults.md dotnet test tests/Redactor.Tests -c Release --filter FullyQualifiedName~FaultRunTests

# The delivered rules replaced COUNT times while two threads scan.
reloads: COUNT ?= 1000
reloads:
	REDACTOR_RELOADS=$(COUNT) dotnet test tests/Redactor.Tests -c Release --filter FullyQualifiedName~ReloadLoadTests

# Attacks on a fresh process each: how each was answered and what memory it cost. About six minutes.
hostile: build
	dotnet build bench/Redactor.Bench -c Release -v q -nologo
	bench/hostile

# With a disk queue, for SECONDS: memory has to stay flat, latency too, and nothing accepted may be lost.
soak: SECONDS ?= 1800
soak: build
	bench/load 60 $(SECONDS) 60

# Three times what the machine carries: refusals that allow a retry, memory within its bounds, and soon well again.
overload: SECONDS ?= 300
overload: build
	bench/load 300 $(SECONDS) 30

bench: build
	bench/run

format:
	dotnet format Redactor.sln

clean:
	rm -rf out build tests/interop/node_modules tests/native/build
	dotnet clean Redactor.sln -v q

# The tests let real Node.js clients send telemetry. Their packages' install scripts fetch nothing that is needed here.
$(NODE_MODULES): tests/interop/package-lock.json
	tests/interop/install-node
	npm ci --prefix tests/interop --ignore-scripts --no-audit --no-fund
	@touch $@

# RE2 as the scanner's tests call it. Debian's libre2-dev and g++ are installed where they are missing.
native: $(NATIVE)

$(NATIVE): tests/native/re2shim.cc
	test -e /usr/include/re2/re2.h && command -v g++ >/dev/null || (apt-get update -q && apt-get install -y -q --no-install-recommends g++ libre2-dev)
	mkdir -p $(@D)
	g++ -O2 -Wall -Wextra -shared -fPIC -o $@ $< -lre2

# The C library that Kafka needs, for systems without one or with an old one; `make build` then puts it beside the program.
librdkafka: $(LIBRDKAFKA)

$(LIBRDKAFKA): src/librdkafka/build
	src/librdkafka/build
