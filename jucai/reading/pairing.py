"""All pairs of label and value of a document: ruled boxes, running text, and what white space tells."""

from jucai.reading.answers import Pairs
from jucai.reading.blocks import Blocks
from jucai.reading.pairs import Reader
from jucai.reading.prose import letter_of, pairs_of
from jucai.reading.sheets import PageSheets
from jucai.reading.stream import Stream


def find_pairs(pages: list[PageSheets], blocks: Blocks, form: str | None) -> Pairs:
    """Return every label of the document with its value, in reading order."""
    pairs = Pairs()
    for page in pages:
        Reader(page, page.ruled, blocks, form, pairs).run()
        letter = letter_of(page)
        read = letter.read if letter.tells else frozenset()
        if letter.tells:
            pairs.found += pairs_of(letter, page, form)
        Stream(page, blocks, form, pairs, read).run()
        blocks.take(c for c in page.loose.cells if any(id(t) in read for line in c.lines for t in line.tokens))
        Reader(page, page.loose, blocks, form, pairs).run()
    return pairs
