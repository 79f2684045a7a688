"""What can be proved of conditions: never true, always true, which answers satisfy them, how a question is reached."""
