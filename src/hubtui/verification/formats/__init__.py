"""A module for each format of drafts, with a function ``read`` that gives a :class:`.Draft`."""
