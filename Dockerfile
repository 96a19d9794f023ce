# The same steps as on a bare machine: deploy/build, deploy/web, deploy/worker.
FROM python:3.13-slim-bookworm AS build
WORKDIR /srv/flasky
# What is installed changes seldom, so it is a layer of its own.
COPY bin bin
COPY deploy deploy
COPY requirements.txt ./
RUN deploy/build
COPY . .
RUN deploy/build --collect-static

FROM python:3.13-slim-bookworm
# pg_dump and pg_restore, for backups; of the same version as the server of compose.yaml.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client-15 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin flasky \
    && install -d -o flasky -g flasky -m 0750 /var/lib/flasky /var/lib/flasky/media
# Owned by root: the program cannot change itself.
COPY --from=build /srv/flasky /srv/flasky
WORKDIR /srv/flasky
USER flasky
ENV DJANGO_SETTINGS_MODULE=flasky_site.settings.prod \
    PYTHONUNBUFFERED=1 \
    BIND=0.0.0.0:8000 \
    MEDIA_ROOT=/var/lib/flasky/media
VOLUME /var/lib/flasky/media
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD [".venv/bin/python", "deploy/probe.py", "http://127.0.0.1:8000/healthz"]
CMD ["deploy/web"]
