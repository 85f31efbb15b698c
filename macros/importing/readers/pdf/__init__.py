"""PDF files.

In: the bytes of a PDF. Out: a document.
Must not know: structure of policies, other formats.
"""
