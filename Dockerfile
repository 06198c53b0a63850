# The bot on Telegram, in a container of its own. The data lies in one volume, the key that encrypts it in another.
#
#   docker build --tag concierge .
#   docker run --env TELEGRAM_TOKEN --volume concierge-data:/data --volume concierge-keys:/keys --stop-timeout 30 concierge
#
# --stop-timeout: what runs may finish for [ingest] drain_s, which is all the time that docker gives without it.

# The same system in both stages: what is compiled in the first must load in the second.
ARG PYTHON=python:3.11-slim-bookworm

FROM ${PYTHON} AS build
# A compiler for llama-cpp-python; it stays behind in this stage, with pip's cache. No versions are pinned here and below:
# Debian's mirrors drop a version when its security fix comes, and then a pinned one could not be built.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends build-essential \
    && rm -rf /var/lib/apt/lists/*
# For any processor of the last ten years, not only the one that builds (llama.cpp, GGML_NATIVE).
ENV CMAKE_ARGS=-DGGML_NATIVE=OFF
WORKDIR /app
# What set-up reads, and no more, so that a change of the bot's own code does not compile all of it again.
COPY pyproject.toml ./
COPY scripts/__init__.py scripts/install scripts/
COPY scripts/setup scripts/setup
# Without a CPU build of PyTorch this ends here rather than bring CUDA along. The file named last is there only when
# llama-cpp-python was compiled: outside a container set-up goes on without it, in here that would go unnoticed.
RUN scripts/install && ls .venv/lib/python*/site-packages/llama_cpp/__init__.py

FROM ${PYTHON}
# libgomp1: llama.cpp's threads. The volumes belong to the bot from the start.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data concierge \
    && install --directory --mode 700 --owner concierge /data /keys
WORKDIR /app
COPY --from=build /app/.venv .venv
COPY --from=build /app/models models
COPY config.toml ./
COPY storage storage
COPY knowledge knowledge
COPY handlers handlers
COPY bot bot
COPY scripts scripts

# The program's own folder is not writable for it, so nothing is compiled into it either. With a webhook_url, what ends
# HTTPS finds the bot at port 8443; /healthz is for the container itself.
USER 10001
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    CONCIERGE_STORAGE__DATA_FOLDER=/data/telegram \
    CONCIERGE_DATA_KEY_FILE=/keys/telegram.key \
    CONCIERGE_TELEGRAM__WEBHOOK_LISTEN=0.0.0.0:8443 \
    CONCIERGE_HEALTH__LISTEN=127.0.0.1:8080
VOLUME ["/data", "/keys"]

# Healthy: it receives, answers and sends, and its database takes writes. 503 fails the check and names the part in trouble.
HEALTHCHECK --interval=30s --timeout=5s --start-period=2m --retries=3 \
    CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]

# As scripts/run does, without the set-up. `exec`: the bot itself gets the signal to stop.
CMD ["sh", "-c", "python -m scripts.setup.data_key telegram && python -m scripts.lay_out && exec python -m scripts.real_bot"]
