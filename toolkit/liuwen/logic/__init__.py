"""What can be proved of conditions: never, always, which answers fit, and how each question can be reached."""
