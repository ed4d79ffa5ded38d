"""The demo office: its own mail server, and what a visitor needs to watch the work."""
