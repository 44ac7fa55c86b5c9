# make site | serve | check | test — each sets up what it needs, once. Without make: handbook/editing.md, "Set up".
PYTHON ?= python3
# ENGINE=properdocs runs what follows with ProperDocs, which goes on from MkDocs 1, in an environment of its own.
ENGINE ?= mkdocs
$(if $(filter mkdocs properdocs,$(ENGINE)),,$(error ENGINE=$(ENGINE): mkdocs, properdocs))
VENV := $(if $(filter properdocs,$(ENGINE)),.venv-properdocs,.venv)
LOCK := $(if $(filter properdocs,$(ENGINE)),requirements-properdocs.lock,requirements.lock)
BIN := $(VENV)/bin
BENCH := .venv-bench
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)

# Material announces the end of MkDocs 1 on every run; design and pins take care of it.
export NO_MKDOCS_2_WARNING := 1
export PYTHONUTF8 := 1
export ENGINE

.DEFAULT_GOAL := help
.PHONY: help site serve edit check links test test-all test-fast digest integrity sbom bench bench-search bench-cluster profile tour guide lighthouse lock clean

help:
	@echo "make site    生成网站到 site/            build the site into site/"
	@echo "make serve   本机预览，保存即刷新          preview at http://127.0.0.1:8000/, reloads on save"
	@echo "make edit    编辑台，网页表单与预览并排    the desk: forms on a web page beside the preview"
	@echo "make check   检查全部数据与页面            check all data and pages"
	@echo "make links   生成网站，检查其中全部链接    build the site and follow every link of it"
	@echo "make test    运行测试，浏览器看几类页面    run the tests; browsers see some kinds of page"
	@echo "             加 ENGINE=properdocs 换生成器 with ENGINE=properdocs on ProperDocs"
	@echo "make test-all   同上，看每一页，旧浏览器也看（需 npm）  the same, every page, old browsers too; needs npm"
	@echo "make test-fast  不开浏览器的测试           the tests without a browser"
	@echo "make digest  打印成一份双语 PDF            print it all as one PDF, digest.pdf"
	@echo "make integrity  网站每个文件的校验值       the hash of every file of the site"
	@echo "make sbom    软件成分清单                  a list of what the site is made with, CycloneDX"
	@echo "make bench   与其他生成器并排测速          build times beside those of other builders"
	@echo "make bench-search  大型合成网站上的搜索   search on a large synthetic site"
	@echo "make bench-cluster  由集群渲染的花费     what a cluster's rendering costs"
	@echo "make profile 生成一次网站，时间用在何处    where each millisecond of a build goes"
	@echo "make tour    拍下各类页面的全部样子        pictures of every kind of page in every state"
	@echo "make guide   重拍使用指南的插图            take the pictures of the guide anew"
	@echo "make lighthouse  手机版评分（需 Node 20）  Lighthouse scores for phones, needs Node 20"
	@echo "make lock    更新锁定的依赖版本            renew the pinned dependencies"
	@echo "make clean   删除环境与生成的文件          remove the environment and built files"

# With NO_CACHE=1 every page is rendered anew.
site: $(VENV)/ready
	$(BIN)/gazette build $(if $(NO_CACHE),--no-cache)

serve: $(VENV)/ready
	$(BIN)/$(ENGINE) serve

edit: $(VENV)/ready-to-edit
	$(BIN)/gazette edit

# On main nothing may be pending: English not signed off, figures not locked. With SINCE=main the locks are held against main's,
# with FORMAT=github messages are marked in the files of a pull request.
BRANCH = $(or $(GITHUB_REF_NAME),$(shell git branch --show-current 2>/dev/null))

STYLE = $(if $(FORMAT),--format $(FORMAT))

check: $(VENV)/ready
	$(BIN)/gazette check $(if $(filter main,$(BRANCH)),--final) $(if $(SINCE),--since $(SINCE)) $(STYLE)
	$(BIN)/gazette inspect $(STYLE)

# With EXTERNAL=check also what is on other hosts is asked for, with EXTERNAL=list it is listed.
links: site
	$(BIN)/gazette links $(if $(EXTERNAL),--external $(EXTERNAL))

test: $(VENV)/ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist worksteal $(SWEEP)

test-all: SWEEP = --sweep=all
test-all: .engines/ready .venv-zensical/ready test

test-fast: $(VENV)/ready-to-test
	$(BIN)/pytest -n auto --dist worksteal -m "not browser and not slow" tests/unit tests/site

OUTPUT ?= digest.pdf
digest: $(VENV)/ready $(VENV)/ready-to-print
	$(BIN)/gazette digest --output $(OUTPUT)

# The hashes of all files that are published, and a list of what they were made with (CycloneDX).
integrity: $(VENV)/ready
	$(BIN)/gazette integrity

SBOM ?= sbom.cdx.json
sbom: $(VENV)/ready-to-list
	$(BIN)/cyclonedx-py requirements $(LOCK) --pyproject pyproject.toml --output-reproducible --output-file $(SBOM)

# RECORDS=100,1000 BUILDERS=gazette,hugo RUNS=5 measure a part; without them all sizes and builders take hours.
RUNS ?= 3
bench: $(BENCH)/ready $(VENV)/ready-to-test
	PYTHONPATH=hooks $(BENCH)/bin/python -m bench.compare --runs $(RUNS) $(if $(RECORDS),--records $(RECORDS)) $(if $(BUILDERS),--builders $(BUILDERS))

bench-search: $(VENV)/ready-to-test
	$(BIN)/python -m bench.search $(if $(RECORDS),--records $(RECORDS))

bench-cluster: $(VENV)/ready-to-test
	$(BIN)/python -m bench.cluster $(if $(RECORDS),--records $(RECORDS))

# RECORDS=1000 is the size, OF=--unchanged or OF=--one-edit profiles a rebuild instead of a build from nothing.
profile: $(VENV)/ready
	$(BIN)/python -m bench.profile $(if $(RECORDS),--records $(RECORDS)) $(OF)

tour: $(VENV)/ready-to-test
	$(BIN)/python -m bench.tour

guide: $(VENV)/ready-to-test $(VENV)/ready-to-edit
	$(BIN)/python -m bench.guide_pictures

lighthouse: $(VENV)/ready-to-test
	$(BIN)/python -m bench.lighthouse --runs $(RUNS)

lock: $(VENV)/ready-to-test
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --upgrade -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --upgrade --extra cluster -c requirements.lock -o requirements-cluster.lock pyproject.toml
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --upgrade --extra digest -c requirements.lock -o requirements-digest.lock pyproject.toml
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --upgrade --extra edit -c requirements.lock -o requirements-edit.lock pyproject.toml
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --upgrade --extra sbom -c requirements.lock -o requirements-sbom.lock pyproject.toml
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --upgrade --extra properdocs -c requirements.lock -o requirements-properdocs.lock pyproject.toml
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --upgrade --extra cluster --extra digest --extra edit --extra sbom --extra test -c requirements.lock -o tests/requirements.lock pyproject.toml
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --upgrade -c requirements.lock -o bench/requirements.lock bench/requirements.in pyproject.toml
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --upgrade -c bench/requirements.lock -o tests/zensical.lock tests/zensical.in

clean:
	rm -rf .venv .venv-properdocs .venv-zensical $(BENCH) site .site.* .cache .engines digest.pdf sbom.cdx.json hooks/*.egg-info .pytest_cache .mypy_cache .ruff_cache bench/results/tour bench/results/lighthouse.json bench/lighthouse/node_modules

# $(call apt,PACKAGES) installs what a check before it missed, where Debian's tools are there to do it.
apt = if command -v apt-get >/dev/null; then $(SUDO) apt-get update -q && $(SUDO) apt-get install -q -y $(1); fi
chromium = command -v chromium || command -v chromium-browser || command -v google-chrome

# The stamps are newer than the locks they installed: a second run installs nothing.
$(VENV)/ready: $(LOCK) pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --require-hashes -r $(LOCK)
	$(BIN)/pip install --quiet --no-deps -e .
	@touch $@

# What the editor's desk and spreadsheets need; a build needs none of it.
$(VENV)/ready-to-edit: requirements-edit.lock | $(VENV)/ready
	$(BIN)/pip install --quiet --require-hashes -r requirements-edit.lock
	@touch $@

$(VENV)/ready-to-list: requirements-sbom.lock | $(VENV)/ready
	$(BIN)/pip install --quiet --require-hashes -r requirements-sbom.lock
	@touch $@

# Chromium prints the digest and opens the pages in tests; with a Chinese font it draws no boxes. pypdf sets bookmarks.
$(VENV)/ready-to-print: requirements-digest.lock | $(VENV)/ready
	$(BIN)/pip install --quiet --require-hashes -r requirements-digest.lock
	@{ $(chromium); } || { $(call apt,chromium); }
	@$(BIN)/python -c "from gazette.outputs import fonts; exit(not fonts.chinese(fonts.folders()))" || { $(call apt,fonts-noto-cjk); }
	@touch $@

# Playwright's driver needs libatomic, which a minimal Debian lacks; without Debian's Chromium it brings its own. Debian's
# Chromium without windows, where there is one, runs the browser's tests in half the time.
$(VENV)/ready-to-test: tests/requirements.lock $(VENV)/ready $(VENV)/ready-to-print
	$(BIN)/pip install --quiet --require-hashes -r tests/requirements.lock
	@$(BIN)/playwright --version || { $(call apt,libatomic1); }
	@{ $(chromium); } || $(BIN)/playwright install chromium
	@command -v chromium-headless-shell || { $(call apt,chromium-headless-shell); } || true
	@touch $@

# Old engines and nginx for test-all; npm has the engines. Without them its tests fail.
.engines/ready: tests/browser/engines.py | $(VENV)/ready-to-test
	@command -v nginx || { $(call apt,nginx-light); }
	@command -v npm || { $(call apt,npm); }
	$(BIN)/python -m tests.browser.engines
	@touch $@

# What builds the exported Markdown for test-all, in an environment of its own; without it its test fails.
.venv-zensical/ready: tests/zensical.lock | $(VENV)/bin/pip
	$(BIN)/python -m venv --clear .venv-zensical
	.venv-zensical/bin/pip install --quiet --require-hashes -r tests/zensical.lock
	@touch $@

# The builders that the benchmark compares, with the versions of ours that we run, in an environment of their own.
$(BENCH)/ready: bench/requirements.lock | $(VENV)/bin/pip
	$(BIN)/python -m venv --clear $(BENCH)
	$(BENCH)/bin/pip install --quiet --require-hashes -r bench/requirements.lock
	@touch $@

# Debian keeps venv and pip in a package of their own.
$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "需要 Python 3.11 或更新版本 / Python 3.11 or newer is needed"; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { \
	  echo "安装 python3-venv / installing python3-venv"; \
	  { $(call apt,python3-venv); } && \
	  $(PYTHON) -m venv --clear $(VENV); }
