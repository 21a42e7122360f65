# The command seedclean: docs/recipes.md shows its use.
FROM python:3.13 AS build
ARG EXTRAS=warc,zstd
WORKDIR /source
COPY pyproject.toml setup.py README.md LICENSE ./
COPY src src
RUN python -m venv --without-pip /opt/seedclean \
 && python -m pip --python /opt/seedclean/bin/python install --no-cache-dir ".[$EXTRAS]"

FROM python:3.13-slim
COPY --from=build /opt/seedclean /opt/seedclean
# a home that any user can write to: the key of the journal is made there
ENV PATH=/opt/seedclean/bin:$PATH HOME=/tmp
WORKDIR /work
USER 10001:10001
ENTRYPOINT ["seedclean"]
CMD ["--help"]
