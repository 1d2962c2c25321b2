"""The main screen and the dialogs over it, each with its stylesheet beside it."""
