"""Phrasings with the help of an assistant: what it is asked, what of its answer passes, which clauses still need some.

In: the project, a text that an assistant wrote. Out: a text for the assistant, a policy's asks.yml, reports.
Must not know: the command line, MkDocs, any assistant.
"""
