"""The shell that people meet: pages, forms and drawings."""
