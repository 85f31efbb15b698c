"""Gets a built site to its readers: lean assets, rules for servers, a zip, the site put in its place.

In: the folder of a built site. Out: the same folder, files for servers, an archive.
Must not know: policies, or any other room but formats.
"""
