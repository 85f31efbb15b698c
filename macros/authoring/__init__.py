"""What authors write: pages, front matter, macro calls, settings, phrasings.

In: the files of docs/ and mkdocs.yml. Out: parsed pages and typed values, each with its place.
Must not know: the guide that is made of them, or how it is rendered.
"""
