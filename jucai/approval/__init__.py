"""The life of a case: commands → events → state; pure, with the clock given."""
