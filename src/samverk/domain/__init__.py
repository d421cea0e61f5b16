"""The vocabulary and the rules of collaboration in rehabilitation. Standard library only."""
