"""When things run: thin Prefect flows."""
