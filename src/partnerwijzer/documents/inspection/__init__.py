"""Looks at a file that somebody adds: what it is by its content, and whether we may keep it."""
