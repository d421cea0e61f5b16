"""Stories: dated events, written to be read, that run through the real actions with the same checks as a human."""
