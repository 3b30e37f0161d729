"""What can go wrong with a model."""


class ModelLoadError(RuntimeError):
    """A model's files are missing or cannot be used; the message names the folder and the remedy."""
