#!/bin/sh
# Makes .venv afresh and installs the locked runtime packages, with nothing needed but Python 3.11 or newer.
# PYTHON names another interpreter. Run by `make` from the project's folder; may be interrupted and run again.
set -eu

stop() {
    echo "$1" >&2
    exit 1
}

is_suitable() {
    "$1" -c 'import sqlite3, ssl, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    # A name may be a version manager's stand-in for a version that is not there, so each is tried.
    for name in python3 python3.13 python3.12 python3.11 python3.14; do
        if is_suitable "$name"; then
            command -v "$name"
            return
        fi
    done
    stop '没有找到 Python 3.11 或更新版本（需带 sqlite3、ssl、venv 模块）。请安装后再试，或用 PYTHON=解释器路径 指定。'
}

can_make_venv() {
    "$python" -c 'import ensurepip' 2>/dev/null
}

# Debian and Ubuntu keep this part of the standard library in a package of its own.
install_ensurepip() {
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "正在安装 $package …"
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq </dev/null
        apt-get install -y -qq --no-install-recommends "$package" </dev/null
    fi
    can_make_venv || stop "$python 缺少 ensurepip 模块。Debian、Ubuntu 上请执行：sudo apt-get install $package"
}

if [ -n "${PYTHON:-}" ]; then
    is_suitable "$PYTHON" || stop "PYTHON=$PYTHON 不能用：需要 Python 3.11 或更新版本，带 sqlite3、ssl、venv 模块。"
    python=$PYTHON
else
    python=$(find_python)
fi
can_make_venv || install_ensurepip

echo "正在用 $("$python" --version) 建立 .venv 并安装运行所需的包 …"
"$python" -m venv --clear .venv
# With bytecode: a platform is ten processes, and where Python may write none each would compile all it imports.
.venv/bin/python -m pip install --disable-pip-version-check --no-input --require-hashes --only-binary :all: \
    -r deploy/requirements.lock
