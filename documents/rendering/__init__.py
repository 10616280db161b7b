"""Trees and markers into files. Every rendition reads the same pieces, so none can show another text."""
