"""Start the web chat: `python app.py [--host HOST] [--port PORT] [--home DIR]`."""

import sys

from rag.cli.commands import main

if __name__ == "__main__":
    sys.exit(main(["serve", *sys.argv[1:]]))
