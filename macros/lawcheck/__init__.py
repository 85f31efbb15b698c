"""What has changed in the law since its pages were last checked.

`ask` fetches the changes feed of each instrument, `feed` reads it, `places` tells which of
our provisions a change touches, `compare` what is news, `report` says it, `data` writes it for programs, `kept` lets an
interrupted run go on, and `run` walks the instruments. Nothing here edits a page.
"""
