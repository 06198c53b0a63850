"""The history of the schema, one revision a file; only ever appended to."""
