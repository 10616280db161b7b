"""REST under /api/v1/: the same acts and the same rights as the pages, for scripts."""
