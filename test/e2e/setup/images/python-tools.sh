# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(python-tools:3.11 ghcr.io/astral-sh/uv:python3.11-bookworm-slim)
NEEDS=(python)

# Each tool lies in an environment of its own, so that none is among what a project installs. PDM runs with its own
# choice of libraries alone.
make() {
  build_image "$1" <<END
FROM python:3.11-slim
RUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/* && \\
  for tool in hatch==1.18.2 pdm[locked]==2.26.4 pipenv==2026.10.3 poetry==2.5.1 uv==0.13.9; do \\
    name=\${tool%%[!a-z]*} && python -m venv /opt/\$name && /opt/\$name/bin/pip install --no-cache-dir --quiet \$tool && \\
    ln -s /opt/\$name/bin/\$name /usr/local/bin/\$name && \$name --version || exit 1; \\
  done && rm -rf /root/.cache /root/.local /tmp/*
RUN /opt/poetry/bin/pip install --no-cache-dir --quiet poetry-plugin-pypi-mirror==0.6.5
$(index_settings)
END
}

# The index that pip uses on this machine, for tools that do not read pip's settings. Poetry asks PyPI by another
# interface than they do, which not every machine reaches: its plugin makes it ask by that of pip.
index_settings() {
  local index name
  index="$(cd / && python3 -m pip config get global.index-url 2>/dev/null || true)"
  printf 'ENV %s\n' "$(env_pair POETRY_PYPI_MIRROR_URL "${index:-https://pypi.org/simple/}")"
  [ -n "$index" ] || return 0
  for name in UV_DEFAULT_INDEX PDM_PYPI_URL PIPENV_PYPI_MIRROR; do
    printf 'ENV %s\n' "$(env_pair "$name" "$index")"
  done
}
