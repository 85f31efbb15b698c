"""What authors write: pages, front matter, macro calls, settings, phrasings.

In: the files of docs/ and mkdocs.yml. Out: parsed pages and typed values, each with its file and line.
Must not know: the guide that is built from them, or how it is rendered.
"""
