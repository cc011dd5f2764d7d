"""What goes wrong with raw files."""


class RawFileError(Exception):
    """A file is not what its name says; the text says what was expected, what was found and how to mend it."""
