# syntax=docker/dockerfile:1

FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src src
COPY rules rules
RUN dotnet publish src/Redactor -c Release -o /app

# The final image has no package manager, so librdkafka (2.3 in this Ubuntu) and what it links are gathered here, and libcrypt for the passwords of
# basic authentication. The C library stays out.
FROM ubuntu:24.04 AS librdkafka
RUN apt-get update \
    && apt-get install -y --no-install-recommends librdkafka1 libcrypt1 \
    && mkdir /libraries \
    && library="$(ldconfig -p | awk '/librdkafka\.so\.1 / { print $NF }')" \
    && ldd "$library" | awk '$3 ~ "^/" && $3 !~ "/lib(c|m|dl|pthread)\\.so" { print $3 }' | xargs cp -L -t /libraries "$library" "$(ldconfig -p | awk '/libcrypt\.so\.1 / { print $NF }')"

# Chiselled: no shell, no package manager, not root.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
COPY --from=librdkafka /libraries /usr/local/lib/redactor
COPY --from=build /app /app
# No diagnostics port: what attaches to it could read payloads from memory, and its socket would need a root file system that can be written.
ENV LD_LIBRARY_PATH=/usr/local/lib/redactor \
    DOTNET_EnableDiagnostics=0
USER $APP_UID
EXPOSE 4317 4318 13133
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s CMD ["/app/redactor", "healthcheck"]
ENTRYPOINT ["/app/redactor"]
CMD ["run"]
