"""What the office writes: official documents, mails, public lists and payment lists."""
