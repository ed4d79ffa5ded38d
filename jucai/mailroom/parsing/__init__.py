"""From the bytes of a letter to a `ParsedLetter`: our own reader, because no ready one reads Chinese mail right."""

from jucai.mailroom.parsing.letter import parse_letter
from jucai.mailroom.parsing.values import (
    CONTAINERS,
    PICTURES,
    Address,
    Attachment,
    AttachmentType,
    CloudLink,
    Defect,
    FailedRecipient,
    Limits,
    ParsedLetter,
    ReturnedLetter,
)

__all__ = [
    "CONTAINERS",
    "PICTURES",
    "Address",
    "Attachment",
    "AttachmentType",
    "CloudLink",
    "Defect",
    "FailedRecipient",
    "Limits",
    "ParsedLetter",
    "ReturnedLetter",
    "parse_letter",
]
