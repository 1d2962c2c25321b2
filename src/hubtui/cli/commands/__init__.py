"""One module a command, each with its ``command``; they load what they need when they run."""
