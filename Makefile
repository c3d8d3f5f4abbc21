# Everything is set up on first use: `make demo` and `make test` need Python >= 3.11 and nothing else.

PIP := .venv/bin/python -m pip install --disable-pip-version-check --no-input --no-compile
UV := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --only-binary :all: --generate-hashes \
	--no-emit-index-url --custom-compile-command 'make lock'
LOCK := $(UV) pyproject.toml --group build
HERE := $(CURDIR)
INSTALLED := $(shell test -x .venv/bin/python && cat .venv/packages 2>/dev/null)

.PHONY: help demo up vendor test check quick bench faults lock clean elsewhere

help:
	@echo 'make demo    装好一切，在本机演示一天，然后继续服务（XFH_DEMO_EXIT=1 时演示完退出）'
	@echo 'make up      启动平台，地址见 XFH_HTTP，默认 127.0.0.1:8000'
	@echo 'make test    装好一切，包括 RabbitMQ，运行全部测试'
	@echo 'make check   检查代码格式、类型、模块间的依赖和文档里的命令'
	@echo 'make quick   一两分钟内检查格式、类型和规则的单元测试，改代码时用'
	@echo 'make bench   测量每秒能报名多少次，结果另存为 build/bench.json'
	@echo 'make faults  在压力下逐一破坏各个部分，核对没有丢失、没有重复，结果另存为 build/faults.json'
	@echo 'make lock    按 pyproject.toml 重新锁定各个包的版本（LOCK_FLAGS=--upgrade 时升级）'
	@echo 'make clean   删除 .venv、var、build 和各种缓存'
	@echo '用 PYTHON=解释器 指定 Python，换用前先 make clean'

demo: .venv/bin/xfh vendor
	.venv/bin/xfh demo

up: .venv/bin/xfh vendor
	.venv/bin/xfh up

# What browsers load that is not ours. Without it pages do with less, and say so.
vendor: .venv/packages
	@.venv/bin/python deploy/vendor.py

test: .venv/packages-dev vendor
	.venv/bin/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: .venv/packages-dev
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	.venv/bin/python -m pytest -qq tests/unit/docs/test_docs_commands.py
	.venv/bin/python -m tests.house

quick: .venv/packages-dev
	.venv/bin/ruff check
	.venv/bin/mypy
	.venv/bin/python -m pytest -q tests/unit

bench: .venv/packages-dev
	.venv/bin/python -m tests.bench

faults: .venv/packages-dev
	.venv/bin/python -m tests.faults

lock: .venv/packages
	$(PIP) --quiet uv==0.13.9
	$(LOCK) $(LOCK_FLAGS) -o deploy/requirements.lock
	$(LOCK) $(LOCK_FLAGS) --group dev --constraint deploy/requirements.lock -o deploy/requirements-dev.lock
	$(UV) $(LOCK_FLAGS) --group node -o deploy/requirements-node.lock

clean:
	rm -rf .venv var build gateway/web/static/vendor *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find schemas services gateway tests -name __pycache__ -prune -exec rm -rf {} +

# Each file below is written last, so that whatever was interrupted is done again from its beginning. The first one
# names its place: programs in .venv hold absolute paths, and a copy of them would run the original.

.venv/packages: deploy/requirements.lock deploy/venv.sh $(if $(findstring <$(HERE)>,<$(INSTALLED)>),,elsewhere)
	@sh deploy/venv.sh
	@pwd -P > $@

.venv/bin/xfh: .venv/packages pyproject.toml
	$(PIP) --quiet --no-build-isolation --no-deps --editable .
	@.venv/bin/python -m compileall -q schemas services gateway
	@touch $@

.venv/packages-dev: .venv/bin/xfh deploy/requirements-dev.lock
	@rm -f .venv/packages
	$(PIP) --require-hashes --only-binary :all: -r deploy/requirements-dev.lock
	@pwd -P > .venv/packages && touch .venv/bin/xfh $@
