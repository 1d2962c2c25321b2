"""Clippings: passages that the user kept, each whole, with its citation and the user's note.

They are the one thing in a library that cannot be derived again, so a clipping holds all it takes to be read,
cited and found again when its source has changed or is gone.
"""
