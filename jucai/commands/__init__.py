"""The parts of the `jucai` command, one module for each noun."""
