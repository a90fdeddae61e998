"""Pages about goals, the quality framework and vision texts."""
