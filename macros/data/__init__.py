"""The files that other programs read: guide.json and its schema, the review files, the feeds.

In: the checked project. Out: the files in a built site's data/.
Must not know: HTML, MkDocs.
"""
