"""Forms check the shape of what was typed; the rules are checked by the actions."""
