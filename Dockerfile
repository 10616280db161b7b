# Two images: the product (web, live, worker, beat, migrate), and the proxy with its configuration.

FROM python:3.11-slim-bookworm AS product
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PODIUM_ENV=production PATH=/podium/.venv/bin:$PATH
WORKDIR /podium

# The packages change more seldom than the product: a layer of their own.
COPY requirements.lock ./
COPY config/__init__.py config/install.py config/
RUN python -m config.install requirements.lock

COPY manage.py LICENSE ./
COPY config config
COPY delegations delegations
COPY documents documents
COPY negotiations negotiations
COPY static static
COPY templates templates
# The settings want what production needs. Nothing of it is used here, and nothing of it stays in the image.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" ALLOWED_HOSTS=localhost \
    DATABASE_URL=postgresql://nobody@localhost/none REDIS_URL=redis://localhost/0 \
    python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q config delegations documents negotiations

# All files are root's: a process that is broken into can change none of them.
USER 10001:10001
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--no-ws", "config.wsgi:application"]


FROM caddy:2.10-alpine AS proxy
# Named volumes take over who owns these folders: here certificates are kept.
RUN mkdir -p /data/caddy /config/caddy && chown -R 10001:10001 /data /config
COPY deploy/Caddyfile /etc/caddy/Caddyfile
USER 10001:10001
EXPOSE 8080 8443
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
