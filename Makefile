# Every target works on a fresh Debian machine that has the .NET 10 SDK and make.
export DOTNET_NOLOGO := 1
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_CLI_UI_LANGUAGE := en

SOURCES := $(shell find src rules -type f 2>/dev/null) Directory.Build.props Directory.Packages.props
NODE_MODULES := tests/interop/node_modules/.package-lock.json

.PHONY: build run test bench format clean

build: out/redactor

out/redactor: $(SOURCES)
	dotnet publish src/Redactor -c Release -o out
	@touch $@

run: build
	out/redactor run

# Results go to out/test-results as .trx files, from which .ci/run counts.
test: $(NODE_MODULES)
	rm -rf out/test-results
	dotnet test Redactor.sln -c Release --logger trx --results-directory out/test-results

bench:
	dotnet run -c Release --project bench/Redactor.Bench

format:
	dotnet format Redactor.sln

clean:
	rm -rf out tests/interop/node_modules
	dotnet clean Redactor.sln -v q

# The tests let real Node.js clients send telemetry. Their packages' install scripts fetch nothing that is needed here.
$(NODE_MODULES): tests/interop/package-lock.json
	tests/interop/install-node
	npm ci --prefix tests/interop --ignore-scripts --no-audit --no-fund
	@touch $@
