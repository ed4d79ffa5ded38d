"""How the office works: one room for each trade."""
