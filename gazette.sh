#!/bin/sh
# The gazette command of this project: ./gazette.sh check
cd "$(dirname "$0")" || exit 1
if [ ! -x .venv/bin/gazette ]; then
  echo "还没有安装：请先运行 make site。/ Not set up yet: run make site first." >&2
  exit 1
fi
export NO_MKDOCS_2_WARNING=1
exec .venv/bin/gazette "$@"
