"""OpenDocument texts.

In: the bytes of an .odt. Out: a document.
Must not know: structure of policies.
"""
