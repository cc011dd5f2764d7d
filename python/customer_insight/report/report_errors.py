"""What stops a report."""

from __future__ import annotations


class ReportError(Exception):
    """No page was written; the text is the sentence that the user reads."""
