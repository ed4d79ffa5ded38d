"""Letters in and out: mailbox, parsing, sorting, outgoing mail, postman. No database in this room."""
