"""The command line: every answer of the screen, for people at a prompt and for scripts."""

COMPLETE_VARIABLE = "_HUBTUI_COMPLETE"
"""The environment variable by which a shell's script asks for completions."""
