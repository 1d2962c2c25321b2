"""Queries: the language, what they select, in what order, and what to highlight."""
