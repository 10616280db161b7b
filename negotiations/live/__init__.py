"""Live pages: one stream a page, one render a change."""
