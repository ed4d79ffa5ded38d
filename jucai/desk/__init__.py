"""Pages where people act: links open them, only a posted form decides."""
