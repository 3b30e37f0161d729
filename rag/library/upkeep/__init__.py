"""What keeps a library sound: its tables are brought up to date, and removed text leaves its files."""
