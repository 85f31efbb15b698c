"""Guide → guide.json and its schema, and the other files that programs read.

In: the checked project. Out: files in a built site's data/.
Must not know: HTML, MkDocs.
"""
