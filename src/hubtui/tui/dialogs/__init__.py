"""Dialogs over a screen, each with what opens it."""
