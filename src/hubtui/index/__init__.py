"""What hubtui derives from the sources and stores: the catalogue and the full text, and their sync."""
