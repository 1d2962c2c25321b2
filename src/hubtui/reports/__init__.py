"""Reports: documents of quotations with their sources, and the dossier on some cities.

A document is a sequence of :mod:`.blocks`, which :mod:`.markdown` and :mod:`.html` write. :mod:`.dossier`
makes dossiers of blocks, :mod:`hubtui.clippings.export` exported clippings.
"""
