"""Work on strings: normalise, fold, segment, stem, measure, wrap. No files, no state."""
