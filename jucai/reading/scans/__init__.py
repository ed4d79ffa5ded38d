"""Pages that are pictures: straightened, ruled lines found, text recognised; and ticks drawn on other pages.

Only `pages` and what it needs load the recogniser; `drawn` and `marks` need OpenCV alone.
"""
