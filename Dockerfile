# Non-root, and nothing is written outside /data: run it with --read-only and a volume there.
FROM python:3.12-slim AS build
WORKDIR /app
COPY locks/run.txt locks/run.txt
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --require-hashes -r locks/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY summarizer summarizer
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim
RUN useradd --create-home --uid 10001 whosaid && install -d -o whosaid /data /app/var
COPY --from=build /venv /venv
COPY seeds /app/seeds
COPY config.example.toml /app/
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 WHOSAID_DATABASE=/data/whosaid.sqlite3
WORKDIR /app
USER whosaid
VOLUME /data
ENTRYPOINT ["whosaid"]
CMD ["run"]
