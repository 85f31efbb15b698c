"""What a school must have: the register of policies that schools in England must or should have, and what meets them.

In: the register's data, the guide. Out: requirements, rows of coverage, a spreadsheet.
Must not know: how authors write pages, HTML, the clock.
"""
