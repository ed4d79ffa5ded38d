"""All pairs of label and value of a document: ruled boxes, running text, and what white space tells."""

import re
from dataclasses import replace
from itertools import pairwise

from jucai.reading.answers import Pairs
from jucai.reading.blocks import Blocks
from jucai.reading.levels import settle_levels
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
    _give_employer_back(pairs)
    settle_levels(pairs, pages)
    return pairs


def _give_employer_back(pairs: Pairs) -> None:
    """Let 工作单位 below the spouse be the applicant's where the form asks on about it and names no other employer."""
    if any(pair.keys and pair.keys[0] == "employer_name" for pair in pairs.found):
        return
    for place, (pair, following) in enumerate(pairwise(pairs.found)):
        asks_on = following.keys and following.keys[0] in _ABOUT_EMPLOYERS
        if pair.keys == ("spouse_employer",) and asks_on and not _SPOUSE.search(pair.label):
            pairs.found[place] = replace(pair, keys=("employer_name",))
            return


_SPOUSE = re.compile(r"配偶|爱人|丈夫|妻")
_ABOUT_EMPLOYERS = {"employer_nature", "employer_uscc", "employer_address", "employer_industry", "employer_reg_capital"}
