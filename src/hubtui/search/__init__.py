"""Search: the query language, what a query selects, in what order, and what is highlighted."""
