"""Thin views: read a request, go through the door, show the answer."""
