"""Companies, and the ways to begin with one."""

from sbyt_core.ui import archive, frame, start
from sbyt_core.ui.page import open_page

page = open_page("start")
if page.project:
    frame.finding(page.say("start.finding", n=len(page.store.projects())))
    start.companies(page)
    start.ways_in(page, first=False)
else:
    frame.finding(page.say("start.empty"))
    start.ways_in(page, first=True)
    start.what_comes_out(page)
archive.shelf(page)
