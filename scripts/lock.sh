#!/bin/sh
# Write requirements.txt and requirements-dev.txt from pyproject.toml: one file each for every Python and system,
# with hashes and without the address of any index. Extras stay in the lines, or an older pip that meets coverage[toml]
# would look past the locked coverage for the newest. Arguments go to uv (--upgrade, --upgrade-package NAME).
set -eu

common="--universal --python-version 3.11 --generate-hashes --quiet --no-header --no-annotate
        --no-strip-extras --no-emit-index-url --no-emit-find-links"

# shellcheck disable=SC2086  # the options are meant to be split
uv pip compile pyproject.toml $common --extra ingest --extra fast --output-file requirements.txt "$@"
# shellcheck disable=SC2086
uv pip compile pyproject.toml $common --extra ingest --extra fast --extra redis --extra ops --extra dev \
    --constraint requirements.txt --output-file requirements-dev.txt "$@"

if grep -n -E '://|--(extra-)?index-url|--find-links' requirements.txt requirements-dev.txt; then
    echo "The lines above name an address; a lock must hold none." >&2
    exit 1
fi
