"""The register of organisations (KBO open data): import, search and look-up, kept as files."""
