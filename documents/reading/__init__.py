"""Files to decoded source, guarded: what cannot be read as a text is refused with a reason, never guessed at."""
