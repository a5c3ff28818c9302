# Akita in an image of its own: one file, certificate authorities, and a folder for
# data. `docker build --build-arg VERSION=$(git describe --tags --always) .` needs
# nothing but Docker.

FROM node:24-bookworm-slim AS node

FROM golang:1.26-bookworm AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
# Debian keeps one version of a package; the base image says which release.
# hadolint ignore=DL3008
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
    && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx \
    && apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates make python3-venv \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
ARG VERSION=docker
RUN make bin/akita VERSION="$VERSION" && mkdir -p /empty

# This stage alone is tested by `make test-image`.
FROM scratch
LABEL org.opencontainers.image.title="Akita" \
      org.opencontainers.image.description="Shows what an API really does, from its own traffic" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build --chown=65532:65532 /empty /data
COPY --from=build /src/bin/akita /akita
# The server keeps its data in /data/akita/server, a daemon in /data/akita/daemon.
ENV AKITA_LISTEN=0.0.0.0:8080 \
    XDG_DATA_HOME=/data \
    XDG_STATE_HOME=/data
USER 65532:65532
WORKDIR /data
VOLUME /data
EXPOSE 8080
# For the server; a container with another command has another health.
HEALTHCHECK --interval=30s --timeout=15s --start-period=30s CMD ["/akita", "server", "status"]
ENTRYPOINT ["/akita"]
CMD ["server"]
