"""The notation of podium versions: brackets, markers, labels. Standard library only; no delegation is known here."""
