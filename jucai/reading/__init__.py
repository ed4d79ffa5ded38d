"""The reading room: a PDF becomes fields with evidence, in a worker process of its own."""
