"""One function an act. Each takes the permit for exactly that act, and writes rows and event together."""
