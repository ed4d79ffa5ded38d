"""The office's mailboxes, as its settings name them."""

from jucai.mailroom.folderbox import EmlFolderMailbox
from jucai.mailroom.imap import ImapAccount, ImapMailbox
from jucai.mailroom.mailbox import Mailbox
from jucai.settings import Inbox


def open_mailbox(inbox: Inbox) -> Mailbox:
    """The mailbox of one inbox of the settings; nothing is connected before it is entered."""
    if inbox.kind == "folder":
        assert inbox.path is not None, "settings are checked before a mailbox is opened"
        return EmlFolderMailbox(inbox.path, max_bytes=inbox.max_bytes)
    return imap_mailbox(inbox)


def imap_mailbox(inbox: Inbox) -> ImapMailbox:
    """The IMAP mailbox of one inbox of the settings."""
    return ImapMailbox(
        ImapAccount(
            host=inbox.host,
            port=inbox.port,
            user=inbox.username,
            password=inbox.password.get_secret_value(),
            folder=inbox.folder,
            security=inbox.security,
            cafile=inbox.cafile,
            send_id=inbox.send_id,
            max_bytes=inbox.max_bytes,
        )
    )


def mailbox_name(inbox: Inbox) -> tuple[str, str, str]:
    """Host, user and folder: the part of a letter's identity that says where it lay."""
    if inbox.kind == "folder":
        return ("folder", str(inbox.path), inbox.folder)
    return (inbox.host, inbox.username, inbox.folder)
