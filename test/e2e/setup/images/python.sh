# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(python:3.11-slim python:3.11 python:3.11-bookworm python:3.11-slim-bookworm)
NEEDS=(debian)

make() {
  pip_settings >"$WORK/pip.conf"
  # pip installs into dist-packages on Debian, and Dockerfiles copy from site-packages: both are one folder here.
  build_image "$1" pip.conf <<'END'
FROM debian:12
COPY pip.conf /etc/pip.conf
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-pip python3-venv && \
  rm -rf /var/lib/apt/lists/* /usr/lib/python3.11/EXTERNALLY-MANAGED /var/log/*.log /var/log/apt && \
  mkdir -p /usr/local/lib/python3.11/site-packages && \
  rm -rf /usr/local/lib/python3.11/dist-packages && \
  ln -s site-packages /usr/local/lib/python3.11/dist-packages && \
  for name in python python3 python3.11; do ln -s /usr/bin/python3.11 /usr/local/bin/$name; done && \
  pip --version
ENV LANG=C.UTF-8 PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1
CMD ["python3"]
END
}

# pip's settings of the machine's configuration files.
pip_settings() {
  local line key value
  echo '[global]'
  (cd / && python3 -m pip config list 2>/dev/null || true) | while IFS= read -r line; do
    key="${line%%=*}"
    value="${line#*=}"
    value="${value#\'}"
    value="${value%\'}"
    case "$key" in
      :env:*) ;;
      *.cert) printf 'cert = %s\n' "$IMAGE_CA" ;;
      *.index-url | *.extra-index-url | *.trusted-host | *.proxy | *.timeout | *.default-timeout | *.retries)
        printf '%s = %s\n' "${key##*.}" "${value//\\n/ }"
        ;;
    esac
  done
}
