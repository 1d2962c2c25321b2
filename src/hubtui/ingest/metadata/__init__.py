"""Read the facts of a source: title, authors, publisher, date, language, address."""
