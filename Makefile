# Akita's build. `make help` lists the targets. Each one installs what it needs:
# below the tree (.build/, node_modules/, .venv/), or as Debian packages (Chromium,
# shellcheck, a C compiler).

SHELL         := bash
.SHELLFLAGS   := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS     += --no-builtin-rules --no-print-directory

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
EPOCH   := $(shell git log -1 --format=%ct 2>/dev/null || echo 1)
PLATFORMS := linux/amd64 linux/arm64 darwin/arm64 windows/amd64
REPORTS := $(CURDIR)/.build/test
TOOLS   := $(CURDIR)/.build/bin

# The file name has the version, so that a new version is a new file.
GOLANGCI_LINT_VERSION := v2.15.0
GOTESTSUM_VERSION     := v1.13.0
ACTIONLINT_VERSION    := v1.7.12
# The rule for commit messages (CONTRIBUTING.md) holds for the commits after this one.
COMMIT_RULE_BASE := ad707475c

GOLANGCI_LINT := $(TOOLS)/golangci-lint-$(GOLANGCI_LINT_VERSION)
GOTESTSUM     := $(TOOLS)/gotestsum-$(GOTESTSUM_VERSION)
ACTIONLINT    := $(TOOLS)/actionlint-$(ACTIONLINT_VERSION)

say = @printf -- '-----> %s\n'

# The sources of a product, without tests and generated files.
find-sources = $(shell find $(1) -type f -not -name '*_test.go' -not -path '*/node_modules/*' -not -path '*/dist/*' -not -path '*/.*' -not -path '*/__pycache__/*' -not -name schema.d.ts 2>/dev/null)
GO_SOURCES      := go.mod go.sum $(call find-sources,cmd internal heroku-buildpack) console/embed.go python/akita-django/embed.go
CONSOLE_SOURCES := $(call find-sources,console) internal/api/openapi.yaml python/akita-django/src/akita_capture/version.py
WHEEL_SOURCES   := $(call find-sources,python/akita-django/src) $(wildcard python/akita-django/pyproject.toml python/akita-django/README.md)

##@ Use it

.PHONY: demo
demo: bin/akita ## Run everything with an example Django app until Ctrl-C (ONCE=1: end after the API model)
	@go build -o $(TOOLS)/demo ./examples/demo
	@exec $(TOOLS)/demo

.PHONY: demo-heroku
demo-heroku: bin/akita examples/heroku-cli/node_modules/.installed ## Run the demo with the app under `heroku local`
	@go build -o $(TOOLS)/demo ./examples/demo
	@PATH="$(CURDIR)/examples/heroku-cli/node_modules/.bin:$$PATH" exec $(TOOLS)/demo --heroku

.PHONY: build
build: bin/akita ## Build bin/akita, including the console and the Python wheel
	@printf -- '-----> bin/akita %s\n' "$$(bin/akita version)"

##@ Change it

.PHONY: test
test: check-tools ## Run every test: Go, Python, console, buildpack, example, end to end
	@scripts/each.sh test go python patch console buildpack example e2e

.PHONY: lint
lint: check-tools ## Run every linter: golangci-lint, ruff, mypy, eslint, tsc, shellcheck, actionlint, commit messages
	@scripts/each.sh lint go python console e2e bash ci commits

.PHONY: bench
bench: bin/akita ## Measure the time from Start to capture, and from request to API model
	@go build -o $(TOOLS)/bench ./bench
	@exec $(TOOLS)/bench

.PHONY: bench-agent
bench-agent: bin/akita ## Measure the daemon: events per CPU second, memory, dropped events (PEER=BINARY: as ratios to that binary's)
	@go run ./bench/agent $(if $(PEER),-peer '$(PEER)')

.PHONY: bench-server
bench-server: bin/akita ## Measure the server: CPU per call, pages, memory, disk, documents (half an hour; BENCH=-quick: some minutes)
	@go build -o $(TOOLS)/bench-server ./bench/server
	@exec $(TOOLS)/bench-server $(BENCH)

.PHONY: accuracy
accuracy: ## Score the inference on APIs whose truth is known; fails below testdata/accuracy/baseline.json (AKITA_SHARED=DIR: also on other projects)
	@go run ./test/accuracy

.PHONY: leaks
leaks: bin/akita ## Measure what leaves although it is data, and the price: names that do not leave (10 minutes; TEXTS=1000: one)
	@go run ./test/leaks -texts $(or $(TEXTS),10000)

.PHONY: validate
validate: .build/peers/node_modules/.installed ## Check the documents of all traffic with OpenAPI's schema, redocly lint and redocly drift (takes minutes)
	@go run ./test/validate

.PHONY: bench-peers
bench-peers: bin/akita ## Score the inference and other tools on the same traffic (installs them; takes minutes)
	@go run ./bench/peers

.PHONY: bench-drift
bench-drift: bin/akita .build/peers/node_modules/.installed ## Compare akita drift with redocly drift: planted changes, healthy calls, CPU (AKITA_SHARED=DIR; two minutes)
	@go run ./bench/drift

.PHONY: bench-middleware
bench-middleware: bin/akita .build/bench-middleware/.installed ## Measure what AkitaMiddleware and other products cost a request (10 minutes; BENCH=--quick: two)
	@.build/bench-middleware/bin/python bench/middleware $(BENCH)

FUZZTIME ?= 2m

.PHONY: fuzz
fuzz: check-tools ## Run every fuzz target for FUZZTIME (2m) and print its executions
	@scripts/fuzz.sh $(FUZZTIME)

.PHONY: chaos
chaos: bin/akita ## Kill and disconnect server and daemon under load, and fill their disk, 100 times (6 minutes; SEED=42, ROUNDS=10)
	@go build -o $(TOOLS)/chaos ./test/chaos
	@exec $(if $(filter 0,$(shell id -u)),,unshare --map-root-user --mount) $(TOOLS)/chaos -seed $(or $(SEED),0) -rounds $(or $(ROUNDS),100)

.PHONY: release
release: release-files ## Build and pack akita for every platform in .build/release, twice, and compare the results
	@VERSION="$(VERSION)" EPOCH="$(EPOCH)" PLATFORMS="$(PLATFORMS)" scripts/reproduce.sh .build/release
	$(say) 'Released in .build/release:'
	@cat .build/release/SHA256SUMS

.PHONY: release-files
release-files: console/dist/index.html .build/wheel ## Build and pack once, without the comparison (both: PLATFORMS="linux/amd64 linux/arm64")
	@go run ./packaging/release -version "$(VERSION)" -epoch "$(EPOCH)" -platforms "$(PLATFORMS)"

.PHONY: console
console: console/dist/index.html ## Build the console's web pages (console/dist)

.PHONY: wheel
wheel: .build/wheel ## Build the Python wheel (python/akita-django/dist)

.PHONY: clean
clean: ## Remove everything that was built or installed below the tree
	rm -rf bin .build .demo console/node_modules examples/heroku-cli/node_modules test/e2e/node_modules python/akita-django/.venv
	find console/dist python/akita-django/dist -mindepth 1 -not -name .gitkeep -delete

.PHONY: help
help: ## List the targets
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@ /            { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z0-9-]+:.*## / { printf "  make %-16s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

##@ Parts of test and lint

TEST_FORMAT := --format pkgname-and-test-fails --format-hide-empty-pkg
# Packages that judge whole APIs by thousands of calls: they share nothing between goroutines, and the race
# detector would take minutes for them.
STATISTICS := ^akita/test/(accuracy|compare)(/|$$)

.PHONY: test-go
test-go: bin/akita $(GOTESTSUM) | $(REPORTS) ## go vet, and go test, with the race detector but for statistics
	@scripts/apt-install.sh gcc gcc libc6-dev
	@scripts/apt-install.sh systemd-analyze systemd
	@go vet ./...
	@failed=0; \
		$(GOTESTSUM) $(TEST_FORMAT) --junitfile $(REPORTS)/go.xml -- -race $$(go list ./... | grep -vE '$(STATISTICS)') || failed=1; \
		$(GOTESTSUM) $(TEST_FORMAT) --junitfile $(REPORTS)/go-statistics.xml -- $$(go list ./... | grep -E '$(STATISTICS)') || failed=1; \
		exit $$failed

.PHONY: test-python
test-python: bin/akita .build/wheel | $(REPORTS) ## The wheel, with Django 4.2 and 5.2; and the Python scripts
	@cd python/akita-django && REPORTS="$(REPORTS)" ./run-tests.sh
	@for folder in bench/middleware scripts; do python3 -m unittest discover --quiet --start-directory "$$folder"; done

.PHONY: test-patch
test-patch: bin/akita .build/patch-venv/.installed .build/wheel ## A project with drf-spectacular: the patches of akita drift make its findings vanish
	@.build/patch-venv/bin/pip install --quiet --disable-pip-version-check --force-reinstall --no-deps python/akita-django/dist/*.whl
	@go run ./test/patch

.PHONY: test-uwsgi
test-uwsgi: .build/wheel ## The wheel under uWSGI (built from source; not part of test)
	@scripts/apt-install.sh gcc gcc libc6-dev
	@cd python/akita-django && WITH=uwsgi ./run-tests.sh tests/test_under_uwsgi.py

.PHONY: test-console
test-console: console/node_modules/.installed | $(REPORTS) ## The console's types and unit tests
	@cd console && npm run --silent typecheck
	@cd console && npx --no-install vitest run --reporter=default --reporter=junit --outputFile.junit="$(REPORTS)/console.xml"

.PHONY: test-buildpack
test-buildpack: bin/akita ## The Heroku buildpack, run as Heroku runs it
	@heroku-buildpack/test/run

.PHONY: test-example
test-example: .build/wheel ## The example Django app
	@examples/django-demo/run-tests.sh

.PHONY: test-heroku
test-heroku: bin/akita examples/heroku-cli/node_modules/.installed ## The demo once under `heroku local` (slow; not part of test)
	@go build -o $(TOOLS)/demo ./examples/demo
	@export PATH="$(CURDIR)/examples/heroku-cli/node_modules/.bin:$$PATH" AKITA_DEMO_DIR=.build/demo-heroku; \
		AKITA_DEMO_SERVER_PORT=0 AKITA_DEMO_DAEMON_PORT=0 AKITA_DEMO_APP_PORT=0 $(TOOLS)/demo --heroku --once

.PHONY: test-e2e
test-e2e: bin/akita test/e2e/node_modules/.installed | $(REPORTS) ## The guide, step by step, in a browser
	@scripts/apt-install.sh chromium
	@cd test/e2e && JUNIT="$(REPORTS)/e2e.xml" npm run --silent test

.PHONY: test-image
test-image: bin/akita ## The last stage of the container image, built and run with buildah as root (not part of test)
	@scripts/apt-install.sh buildah
	@packaging/docker/test.sh

.PHONY: test-coverage
test-coverage: bin/akita test-example ## What akita coverage says of the example's tests without each of their files (a minute; not part of test)
	@.build/example-venv/bin/python test/coverage/deleted_file.py bin/akita

.PHONY: test-app
test-app: bin/akita .build/app-venv/.installed .build/app-client-venv/.installed ## A real Django application, doccano, driven by its own client (minutes; not part of test)
	@.build/app-venv/bin/pip install --quiet --disable-pip-version-check --force-reinstall --no-deps python/akita-django/dist/*.whl
	@go run ./test/app

.PHONY: lint-go
lint-go: $(GOLANGCI_LINT) ## golangci-lint, and go vet for the other systems of a release
	@$(GOLANGCI_LINT) run ./...
	@for system in darwin windows; do CGO_ENABLED=0 GOOS=$$system go vet ./cmd/... ./internal/...; done

.PHONY: lint-python
lint-python: .build/lint-venv/.installed ## ruff and mypy
	@.build/lint-venv/bin/ruff check python examples scripts bench heroku-buildpack test/app test/coverage test/patch
	@.build/lint-venv/bin/ruff format --check python examples scripts bench heroku-buildpack test/app test/coverage test/patch
	@cd python/akita-django && ../../.build/lint-venv/bin/mypy

.PHONY: lint-console
lint-console: console/node_modules/.installed ## The console's eslint and tsc
	@cd console && npm run --silent lint && npm run --silent typecheck

.PHONY: lint-e2e
lint-e2e: test/e2e/node_modules/.installed ## The browser test's eslint and tsc
	@cd test/e2e && npm run --silent lint && npm run --silent typecheck

.PHONY: lint-bash
lint-bash: .build/lint-venv/.installed ## shellcheck, and hadolint for the Dockerfile
	@scripts/apt-install.sh shellcheck
	@scripts/shell-files.sh | xargs -0 shellcheck --external-sources
	@.build/lint-venv/bin/hadolint Dockerfile

.PHONY: lint-ci
lint-ci: $(ACTIONLINT) .build/lint-venv/.installed ## The examples of docs/ci.md: actionlint, the schema of GitLab, shellcheck
	@scripts/apt-install.sh shellcheck
	@rm -rf .build/ci-examples && go run ./test/ci docs/ci.md .build/ci-examples
	@$(ACTIONLINT) .build/ci-examples/.github/workflows/*.yml
	@.build/lint-venv/bin/check-jsonschema --quiet --builtin-schema vendor.gitlab-ci .build/ci-examples/.gitlab-ci.yml
	@shellcheck --shell=sh .build/ci-examples/*.sh

.PHONY: lint-commits
lint-commits: ## Commit messages since the rule began
	@scripts/lint-commits.sh $(COMMIT_RULE_BASE)

.PHONY: check-tools
check-tools: ## Check that Go, Python, Node and npm are installed and new enough
	@scripts/check-tools.sh

# ---- Files -------------------------------------------------------------------

# This file changes only if the version does.
.build/version: FORCE | .build
	@[[ -f $@ && "$$(<$@)" == "$(VERSION)" ]] || printf '%s\n' "$(VERSION)" >$@

bin/akita: $(GO_SOURCES) console/dist/index.html .build/wheel .build/version | check-tools
	$(say) 'Building bin/akita $(VERSION) (the first time takes a few minutes)'
	@CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X akita/internal/cli.buildVersion=$(VERSION)' -o $@ ./cmd/akita

console/dist/index.html: $(CONSOLE_SOURCES) console/node_modules/.installed
	$(say) 'Building the console'
	@cd console && npm run --silent build
	@touch console/dist/.gitkeep $@

.build/wheel: $(WHEEL_SOURCES) | .build check-tools
	$(say) 'Building the akita-django wheel'
	@find python/akita-django/dist -name '*.whl' -delete
	@[[ -x .build/wheel-venv/bin/pip ]] || python3 -m venv .build/wheel-venv
	@.build/wheel-venv/bin/pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir python/akita-django/dist ./python/akita-django
	@touch $@

%/node_modules/.installed: %/package.json %/package-lock.json | check-tools
	$(say) 'Installing the Node packages of $*'
	@cd $* && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error
	@touch $@

.build/peers/node_modules/.installed: bench/peers/package.json bench/peers/package-lock.json | check-tools
	$(say) 'Installing redocly'
	@mkdir -p .build/peers && cp $^ .build/peers
	@cd .build/peers && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

.build/lint-venv/.installed: scripts/lint-requirements.txt | .build check-tools
	$(say) 'Installing ruff, mypy, hadolint and check-jsonschema'
	@python3 -m venv --clear .build/lint-venv
	@.build/lint-venv/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

.build/bench-middleware/.installed: bench/middleware/requirements.txt | .build check-tools
	$(say) 'Installing the products to compare with'
	@python3 -m venv --clear .build/bench-middleware
	@.build/bench-middleware/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

.build/app-venv/.installed: test/app/requirements.txt | .build check-tools
	$(say) 'Installing doccano'
	@python3 -m venv --clear .build/app-venv
	@.build/app-venv/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

.build/patch-venv/.installed: test/patch/requirements.txt | .build check-tools
	$(say) 'Installing drf-spectacular'
	@python3 -m venv --clear .build/patch-venv
	@.build/patch-venv/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

.build/app-client-venv/.installed: test/app/requirements-client.txt | .build check-tools
	$(say) "Installing doccano's client"
	@python3 -m venv --clear .build/app-client-venv
	@.build/app-client-venv/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

$(GOLANGCI_LINT): | check-tools
	$(say) 'Building golangci-lint (takes some minutes, once)'
	@GOBIN=$(TOOLS) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_LINT_VERSION)
	@mv $(TOOLS)/golangci-lint $@

$(GOTESTSUM): | check-tools
	$(say) 'Building gotestsum'
	@GOBIN=$(TOOLS) go install gotest.tools/gotestsum@$(GOTESTSUM_VERSION)
	@mv $(TOOLS)/gotestsum $@

$(ACTIONLINT): | check-tools
	$(say) 'Building actionlint'
	@GOBIN=$(TOOLS) go install github.com/rhysd/actionlint/cmd/actionlint@$(ACTIONLINT_VERSION)
	@mv $(TOOLS)/actionlint $@

.build $(REPORTS):
	@mkdir -p $@

.PHONY: FORCE
FORCE:
