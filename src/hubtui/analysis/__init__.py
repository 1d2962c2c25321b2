"""Analysis of what queries select: matches in context, telling words, and queries side by side."""
