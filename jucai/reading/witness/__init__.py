"""The drawn page as a witness for its text: whether the glyphs a person sees are the characters that were read."""

from jucai.reading.witness.inquiry import examine

__all__ = ["examine"]
