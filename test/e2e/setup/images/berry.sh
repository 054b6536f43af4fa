# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
# Node.js with settings for Yarn 2 and later, which reads no npm configuration.
TAGS=(node:lts node:lts-slim)
NEEDS=(node)

make() {
  build_image "$1" <<END
FROM node:20
ENV $(env_pair YARN_NPM_REGISTRY_SERVER "$(cd / && npm config get registry)")
ENV COREPACK_ENABLE_DOWNLOAD_PROMPT=0
RUN corepack --version
END
}
