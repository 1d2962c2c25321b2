"""A module for each format of drafts, with a function ``read`` that returns a :class:`.Draft`."""
