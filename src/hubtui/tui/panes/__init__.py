"""The panes of the main screen. Each owns its keys' actions, its requests to the library and its state."""
