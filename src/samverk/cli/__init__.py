"""The command line: one thin shell."""
