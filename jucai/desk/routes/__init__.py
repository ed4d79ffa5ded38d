"""The desk's addresses: one module for each kind of visitor."""
