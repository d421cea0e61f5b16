"""The rows, and the SQL of what is visible to whom. Only access and actions come in here."""
