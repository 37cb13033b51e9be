# The program on gunicorn; the database is its own service (compose.yaml).
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /app catalogue \
 && mkdir -p /app /data && chown catalogue /data
WORKDIR /app
COPY --from=build /venv /venv
COPY pyproject.toml requirements.in README.md ./
COPY catalogue catalogue
COPY templates templates
COPY seed seed
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation -e .
USER catalogue
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    CATALOGUE_INSTANCE=/data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/suc-khoe', timeout=4)"]
CMD ["catalogue", "serve", "--host", "0.0.0.0", "--port", "8000"]
