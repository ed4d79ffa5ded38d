"""The office's mailboxes, as its settings name them."""

from jucai.mailroom.folderbox import EmlFolderMailbox
from jucai.mailroom.imap import ImapAccount, ImapMailbox
from jucai.mailroom.mailbox import Mailbox
from jucai.mailroom.oauth import AccessTokens, Grant, tokens_for
from jucai.settings import Inbox, OAuth


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
            tokens=access_tokens(inbox.oauth),
            folder=inbox.folder,
            security=inbox.security,
            cafile=inbox.cafile,
            send_id=inbox.send_id,
            max_bytes=inbox.max_bytes,
        )
    )


def access_tokens(oauth: OAuth | None) -> AccessTokens | None:
    """The access tokens of an account of the settings, None where it has a password."""
    if oauth is None:
        return None
    return tokens_for(
        Grant(
            token_url=oauth.token_url,
            client_id=oauth.client_id,
            refresh_token=oauth.refresh_token.get_secret_value(),
            client_secret=oauth.client_secret.get_secret_value(),
            scope=oauth.scope,
        )
    )


def mailbox_name(inbox: Inbox) -> tuple[str, str, str]:
    """Host, user and folder: the part of a letter's identity that says where it lay."""
    if inbox.kind == "folder":
        return ("folder", str(inbox.path), inbox.folder)
    return (inbox.host, inbox.username, inbox.folder)
