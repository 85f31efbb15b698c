"""Word files.

In: the bytes of a .docx. Out: a document.
Must not know: structure of policies, other formats.
"""
