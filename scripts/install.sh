#!/bin/sh
# Create .venv and install the locked packages into it: install.sh run|dev. Does nothing when the lock is installed.
# The copy of a lock in .venv says that it was installed whole; "dev" holds all that "run" holds.
set -eu

python="${PYTHON:-python3}"
case "$1" in
    run) lock=requirements.txt ;;
    dev) lock=requirements-dev.txt ;;
esac

command -v "$python" >/dev/null || { echo "$python is missing: apt install python3 python3-venv" >&2; exit 1; }
"$python" scripts/preflight.py

if ! .venv/bin/python -c "" 2>/dev/null; then
    echo "Creating .venv ..."
    "$python" -m venv --clear .venv
fi

if ! cmp -s "$lock" ".venv/installed-$lock"; then
    echo "Installing the packages of $lock ..."
    rm -f ".venv/installed-$lock"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock" || {
        echo "The packages of $lock could not be installed; is the package index reachable?" >&2
        exit 1
    }
    cp "$lock" ".venv/installed-$lock"
    if [ "$1" = dev ]; then cp requirements.txt .venv/installed-requirements.txt; fi
fi
