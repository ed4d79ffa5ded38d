"""From what is stored to what is written: the facts of every mail and document."""
