"""The pages; each file is one topic and holds its own URLs."""

from flask import Flask


def register(app: Flask) -> None:
    """Attach every page to the application."""
    del app
