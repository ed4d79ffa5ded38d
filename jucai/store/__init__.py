"""Where everything is kept: one transaction per command, letters and documents by their SHA-256."""
