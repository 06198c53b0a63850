"""What the shop remembers: SQLite by default, PostgreSQL by URL. SQL never leaves this package."""
