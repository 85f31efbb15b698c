"""A body's decision → the front matter of its policy, and an edition.

In: a decision and the checked project. Out: changed files, each whole or not at all.
Must not know: the command line, MkDocs.
"""
