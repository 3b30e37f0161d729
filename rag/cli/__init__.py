"""The command line: `python -m rag COMMAND`."""
