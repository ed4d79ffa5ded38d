"""All pairs of label and value of a document: ruled boxes, running text, and what white space tells."""

from jucai.reading.answers import Pairs
from jucai.reading.blocks import Blocks
from jucai.reading.pairs import Reader
from jucai.reading.sheets import PageSheets
from jucai.reading.stream import Stream


def find_pairs(pages: list[PageSheets], blocks: Blocks, form: str | None) -> Pairs:
    """Return every label of the document with its value, in reading order."""
    pairs = Pairs()
    for page in pages:
        Reader(page, page.ruled, blocks, form, pairs).run()
        Stream(page, blocks, form, pairs).run()
        Reader(page, page.loose, blocks, form, pairs).run()
    return pairs
