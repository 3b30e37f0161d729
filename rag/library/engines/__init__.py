"""Where a catalog can be kept: in SQLite's file, or by a PostgreSQL server."""
