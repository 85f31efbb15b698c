"""Records a body's decision: in the front matter of its policy, and as an edition.

In: a decision and the checked project. Out: changed files, all of them or none.
Must not know: the command line, MkDocs.
"""
