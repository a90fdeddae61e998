"""Again as last year, the archive, and how long things are kept."""
