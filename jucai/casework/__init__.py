"""The office's daily work: takes the rooms below and puts them together; the flows only say when."""
