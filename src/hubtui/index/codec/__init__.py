"""The full-text index: segments of memory-mapped arrays under a table of contents, readable by Whoosh.

:mod:`.format` is the file format, :mod:`.segment` one segment and its bulk reads, :mod:`.toc` the table of
contents, :mod:`.building` and :mod:`.writer` make segments, :mod:`.engine` is what the rest of hubtui uses,
and :mod:`.whoosh_codec` with :mod:`.whoosh_terms`, loaded only when asked for, open the same files to
Whoosh's own ``Searcher``.
"""
