"""Files into texts."""
