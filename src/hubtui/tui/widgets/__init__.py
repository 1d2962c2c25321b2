"""The parts of the screen, a widget a module. Data goes down into them, messages come up."""
