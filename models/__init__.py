"""What is stored: tables and the values in them."""
