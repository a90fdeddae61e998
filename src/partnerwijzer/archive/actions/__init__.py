"""Writing of the archive."""
