"""The formats, a module each with ``read(data: bytes) -> Extract``; :mod:`hubtui.ingest.read` lists them."""
