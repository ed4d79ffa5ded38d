#!/bin/sh
# Sets up .venv from requirements.lock, hash by hash, without root.
#
#   sh tools/setup.sh       make .venv ready; does nothing when it already is
#   sh tools/setup.sh uv    print the path of a usable uv, getting one if need be
#
# A checkout that was moved, a setup that was interrupted and a Python that went away all end in a
# fresh .venv; a sound one is only brought up to date. PYTHON=/path/to/python chooses the interpreter.
set -eu
cd "$(dirname "$0")/.."
unset PYTHONHOME PYTHONPATH PIP_USER
export PIP_ROOT_USER_ACTION=ignore

stamp=.venv/.jucai-setup
unfinished=.cache/setup-unfinished
tool=.cache/uv-tool
uv=

say() { printf '%s\n' "setup: $*" >&2; }
stop() {
  say "$*"
  exit 1
}

# ---------------------------------------------------------------- what the stamp speaks of

where() { pwd -P; }
what() { cat pyproject.toml requirements.lock tools/*.txt tools/setup.sh | cksum; }

# Sound: it runs, lies where it was made, and no setup was cut short in it. A sound one is brought up to
# date and never thrown away, whoever made it.
sound() {
  [ ! -e "$unfinished" ] && grep -qF "$(where)/.venv" .venv/bin/activate 2>/dev/null &&
    .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}
# Ready: made from these very files, and the packages are found: an upgraded system Python looks elsewhere.
ready() {
  [ -x .venv/bin/jucai ] && [ "$(cat "$stamp" 2>/dev/null)" = "$(what)" ] && sound &&
    .venv/bin/python -c 'import importlib.util, sys; sys.exit(not importlib.util.find_spec("prefect"))'
}

# ---------------------------------------------------------------- the parts

# Versions the wheels in the lock exist for come first; a newer one is tried only where it is all there is.
find_python() {
  if [ -n "${PYTHON:-}" ]; then
    suits "$PYTHON" 99 || stop "PYTHON=$PYTHON is not a Python 3.11 or newer"
    return
  fi
  for newest in 13 99; do
    for python in python3 python3.13 python3.12 python3.11; do
      if suits "$python" "$newest"; then return; fi
    done
  done
  stop "no Python 3.11 or newer found; install one (Debian/Ubuntu: sudo apt-get install python3 python3-venv; macOS: brew install python@3.13)"
}
suits() {
  python=$(command -v "$1" 2>/dev/null) &&
    "$python" -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, $2))" 2>/dev/null
}

# 0.4 and newer understand every line of the lock.
usable() {
  version=$("$1" --version 2>/dev/null) || return 1
  case $version in
    "uv 0."[0-3].*) return 1 ;;
    "uv "*) return 0 ;;
    *) return 1 ;;
  esac
}

# uv from where it is: the PATH, an earlier setup, or PyPI. `--target` is outside what PEP 668 forbids.
find_uv() {
  for uv in "$(command -v uv 2>/dev/null || true)" "$tool/bin/uv"; do
    if [ -n "$uv" ] && usable "$uv"; then return; fi
  done
  for pip in "$python" .venv/bin/python; do
    if "$pip" -m pip --version >/dev/null 2>&1; then
      say "getting uv into $tool"
      rm -rf "$tool"
      if "$pip" -m pip install --quiet --disable-pip-version-check --target "$tool" \
        --require-hashes --only-binary :all: -r tools/uv.txt && usable "$tool/bin/uv"; then
        uv=$tool/bin/uv
        return
      fi
    fi
  done
  uv=
}

# uv does not read pip's settings: a mirror named there is meant for it as well.
share_pip_settings() {
  if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then
    index=${PIP_INDEX_URL:-$("$python" -m pip config get global.index-url 2>/dev/null || true)}
    if [ -n "$index" ]; then export UV_DEFAULT_INDEX="$index"; fi
  fi
  if [ -n "${PIP_CERT:-}" ] && [ -z "${SSL_CERT_FILE:-}" ]; then export SSL_CERT_FILE="$PIP_CERT"; fi
  export UV_HTTP_TIMEOUT="${UV_HTTP_TIMEOUT:-180}"
}

# A bare Debian has the venv module without ensurepip, so the environment is made without pip;
# what is missing beyond that is tried in turn.
make_venv() {
  mkdir -p .cache && : >"$unfinished"
  rm -rf .venv
  "$python" -m venv --without-pip .venv >/dev/null 2>&1 && return
  rm -rf .venv
  if [ -n "$uv" ] && "$uv" venv --quiet --python "$python" .venv; then return; fi
  rm -rf .venv
  "$python" -m virtualenv --quiet .venv >/dev/null 2>&1 && return
  rm -rf .venv
  return 1
}

# Root on Debian or Ubuntu, as in a container, can put right what Debian splits off.
install_venv_package() {
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
  say "installing python3-venv (Debian keeps it apart from python3)"
  { apt-get install -y -q python3-venv || { apt-get update -q && apt-get install -y -q python3-venv; }; } >/dev/null 2>&1
}

# hatchling is in the lock; editables is what it needs besides to install a project in place.
fill_venv() {
  quiet=--quiet
  if [ -t 2 ]; then quiet=; fi # someone is watching: show the downloads
  if [ -n "$uv" ]; then
    "$uv" pip sync --compile-bytecode $quiet --python .venv/bin/python --require-hashes requirements.lock tools/editables.txt &&
      "$uv" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
  else
    say "installing with pip (about a minute; uv would take seconds)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check \
      --require-hashes --no-deps -r requirements.lock -r tools/editables.txt &&
      .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --no-deps --no-build-isolation -e .
  fi
}

# Without uv the environment needs a pip of its own.
have_installer() {
  [ -n "$uv" ] || .venv/bin/python -m pip --version >/dev/null 2>&1 ||
    .venv/bin/python -m ensurepip >/dev/null 2>&1
}

set_up() {
  find_uv
  if ! sound; then
    if [ -e .venv ]; then say "making .venv anew (it was moved, interrupted, or its Python is gone)"; fi
    make_venv || return 1
    if [ -n "$uv" ] && ! usable "$uv"; then find_uv; fi # it lived in the environment just remade
  fi
  if [ -z "$uv" ] && have_installer; then find_uv; fi
  have_installer
}

# ---------------------------------------------------------------- the work

case ${1:-} in
  '') if ready; then exit 0; fi ;;
  uv) ;;
  *) stop "unknown argument “$1”" ;;
esac

find_python
# Not the interpreter of an activated environment: that may be the one about to be remade.
outside=$("$python" -c 'import sys; print(sys._base_executable if sys.prefix != sys.base_prefix else "")')
python=${outside:-$python}
share_pip_settings

if [ "${1:-}" = uv ]; then
  find_uv
  [ -n "$uv" ] || stop "uv is missing; install it with: pipx install uv"
  command -v "$uv"
  exit
fi

say "preparing .venv with $("$python" --version)"
if ! set_up; then
  { install_venv_package && set_up; } ||
    stop "$python cannot make a virtual environment; install what is missing: sudo apt-get install python3-venv"
fi
# An interruption from here on leaves the mark, and the next setup begins anew.
mkdir -p .cache && : >"$unfinished"
fill_venv || stop "the packages could not be installed (see above); run the same command again"
PYTHONDONTWRITEBYTECODE= .venv/bin/python -m jucai.prepare || stop "Prefect's database could not be prepared"
what >"$stamp"
rm -f "$unfinished"
say "ready"
