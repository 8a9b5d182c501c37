# One image, three commands: `casegate serve`, `casegate work`, `casegate ui`.
FROM python:3.11-slim-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends g++ pkg-config libicu-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY requirements.lock pyproject.toml ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir uv
# Not for the processor that builds but for every x86-64 of the last ten years: images travel.
ENV CMAKE_ARGS="-DGGML_NATIVE=OFF -DGGML_AVX=ON -DGGML_AVX2=ON -DGGML_FMA=ON -DGGML_F16C=ON"
# From outside the project folder: its constraint-dependencies have no hashes.
RUN cd / && /venv/bin/uv pip install --no-cache --python /venv/bin/python \
        --require-hashes -r /build/requirements.lock

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libgomp1 libicu72 libmagic1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --shell /usr/sbin/nologin casegate \
    && install -d -o casegate -g casegate /data /models
COPY --from=build /venv /venv
WORKDIR /srv/casegate
COPY . .
RUN cd / && /venv/bin/uv pip install --no-cache --python /venv/bin/python \
        --no-deps --no-build-isolation -e /srv/casegate
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DO_NOT_TRACK=1 \
    SCARF_NO_ANALYTICS=true \
    STREAMLIT_BROWSER_GATHER_USAGE_STATS=false \
    CASEGATE_DATA_DIR=/data \
    CASEGATE_MODELS_DIR=/models
USER casegate
VOLUME ["/data", "/models"]
EXPOSE 8400 8401
ENTRYPOINT ["casegate"]
CMD ["serve", "--host", "0.0.0.0"]
