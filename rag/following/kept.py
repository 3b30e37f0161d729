"""Values in files of JSON in the home folder, each file written whole or not at all."""

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from rag.errors import FollowError, HomeError
from rag.library.home import write_whole


def read_kept(path: Path, adapter: TypeAdapter[Any]) -> Any:
    """Return the value in a file.

    Raises:
        FollowError: the file cannot be read; the message says why, and what to do.
    """
    try:
        return adapter.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else error.strerror
        raise FollowError(
            f"{path.parent.name}/{path.name} in the home folder cannot be read ({reason}): it is left as it is; correct"
            " or delete it"
        ) from error


def keep(path: Path, adapter: TypeAdapter[Any], value: Any) -> None:
    """Write a value to a file.

    Raises:
        HomeError: the file cannot be written.
    """
    try:
        write_whole(path, adapter.dump_json(value))
    except OSError as error:
        raise HomeError(f"{path} cannot be written ({error.strerror}): free some space, or mend its folder") from error
