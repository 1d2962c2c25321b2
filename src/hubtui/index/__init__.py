"""What hubtui derives from the sources and stores: the catalog and the full text, and their sync."""
