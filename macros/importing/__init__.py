"""A paper that a school already has (Word, PDF, OpenDocument, HTML, text) → sources of the guide.

In: a file. Out: the files of a policy, questions, and an account of every word.
By way of `readers`, `structure`, `metadata` and `writing`, in this order.
Must not know: the command line, MkDocs.
"""
