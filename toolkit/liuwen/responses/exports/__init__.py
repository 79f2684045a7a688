"""What is written out of responses, for other programs to read."""
