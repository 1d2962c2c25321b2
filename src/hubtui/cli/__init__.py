"""The command line: every answer of the screen, for people at a prompt and for scripts."""
