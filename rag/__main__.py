"""`python -m rag`; Ctrl-C ends it without a traceback while its parts are still being imported, too."""

import sys

STOPPED_BY_USER = 130
"""The exit code, as shells count."""

if __name__ == "__main__":
    try:
        from rag.cli.commands import main

        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(STOPPED_BY_USER)
