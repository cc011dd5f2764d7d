"""What stops a publication."""

from __future__ import annotations


class PublishError(Exception):
    """Nothing new was put in front of readers; the text is the sentence that the user reads."""
