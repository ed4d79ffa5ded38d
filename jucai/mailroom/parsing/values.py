"""What a letter is once its bytes have been read: plain frozen values, no behaviour that can fail."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AttachmentType(StrEnum):
    """What the content of a file is, told from its bytes and never from its name or declared type."""

    PDF = "pdf"
    JPG = "jpg"
    PNG = "png"
    GIF = "gif"
    TIFF = "tiff"
    BMP = "bmp"
    WEBP = "webp"
    HEIC = "heic"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    OFD = "ofd"
    OLE = "ole"  # doc, xls, ppt, wps of the old kind
    RTF = "rtf"
    ZIP = "zip"
    SEVEN_ZIP = "7z"
    RAR = "rar"
    TNEF = "tnef"
    EML = "eml"
    EXE = "exe"
    ICS = "ics"
    UNKNOWN = "unknown"


PICTURES = frozenset(
    {
        AttachmentType.JPG,
        AttachmentType.PNG,
        AttachmentType.GIF,
        AttachmentType.TIFF,
        AttachmentType.BMP,
        AttachmentType.WEBP,
        AttachmentType.HEIC,
    }
)
CONTAINERS = frozenset({AttachmentType.ZIP, AttachmentType.TNEF, AttachmentType.EML})


class Defect(StrEnum):
    """Something wrong with a letter that did not stop it from being read. Codes are stable, labels Chinese."""

    RAW_8BIT_HEADER = "raw_8bit_header"
    WRONG_CHARSET = "wrong_charset"
    BROKEN_ENCODING = "broken_encoding"
    BROKEN_HEADER = "broken_header"
    MISSING_BOUNDARY = "missing_boundary"
    WRONG_TYPE = "wrong_type"
    HEADERS_TOO_LONG = "headers_too_long"
    TOO_MANY_RECIPIENTS = "too_many_recipients"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_DEEP = "too_deep"
    TOO_LARGE = "too_large"
    ARCHIVE_ENCRYPTED = "archive_encrypted"
    ARCHIVE_UNSUPPORTED = "archive_unsupported"
    ARCHIVE_BOMB = "archive_bomb"
    ARCHIVE_DAMAGED = "archive_damaged"
    DUPLICATE_FROM = "duplicate_from"
    UNREADABLE = "unreadable"

    @property
    def label(self) -> str:
        """What a clerk reads on the board."""
        return _DEFECT_LABELS[self]


_DEFECT_LABELS = {
    Defect.RAW_8BIT_HEADER: "邮件头未按标准编码",
    Defect.WRONG_CHARSET: "声明的字符集与内容不符",
    Defect.BROKEN_ENCODING: "附件或正文的编码有损坏，已尽量还原",
    Defect.BROKEN_HEADER: "邮件头有不合规的行",
    Defect.MISSING_BOUNDARY: "邮件分段标记缺失",
    Defect.WRONG_TYPE: "附件声明的类型与实际内容不符",
    Defect.HEADERS_TOO_LONG: "邮件头过长，超出部分未读",
    Defect.TOO_MANY_RECIPIENTS: "收件人过多，超出部分未读",
    Defect.TOO_MANY_PARTS: "邮件分段过多，超出部分未读",
    Defect.TOO_DEEP: "邮件或压缩包嵌套过深，未再展开",
    Defect.TOO_LARGE: "邮件过大，超出部分未读",
    Defect.ARCHIVE_ENCRYPTED: "压缩包有密码，无法打开",
    Defect.ARCHIVE_UNSUPPORTED: "压缩包格式不支持（请用 zip 或直接发 PDF）",
    Defect.ARCHIVE_BOMB: "压缩包展开后过大，未打开",
    Defect.ARCHIVE_DAMAGED: "压缩包已损坏，无法打开",
    Defect.DUPLICATE_FROM: "邮件有多个发件人",
    Defect.UNREADABLE: "邮件无法解析，请人工查看",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one letter is read. Sizes in bytes; beyond a bound reading stops and a defect says so."""

    letter: int = 80_000_000
    header_line: int = 1_000_000
    headers: int = 2_000
    recipients: int = 20_000
    parts: int = 400
    depth: int = 12
    members: int = 300
    inflated: int = 160_000_000
    # A scanned white page as BMP inflates a hundredfold; nothing honest of this size inflates further.
    bomb_ratio: int = 100
    bomb_floor: int = 10_000_000
    text: int = 2_000_000


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox: `name` as displayed (decoded, no control characters), `addr` the addr-spec in lower case."""

    name: str
    addr: str

    @property
    def domain(self) -> str:
        """What follows the last @, empty if there is none."""
        return self.addr.rpartition("@")[2] if "@" in self.addr else ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a letter, in the order of the letter.

    `name` is decoded and free of paths, control and bidi characters, None if the sender gave none. `sha256` is
    that of `data` (decoded bytes), in hex. `members` are the files inside a zip, winmail.dat or forwarded
    letter; None if it is no container or could not be opened (`problem` says why). `inline` means shown inside
    the text; `content_id` is without <>.
    """

    name: str | None
    data: bytes
    sha256: str
    type: AttachmentType
    members: tuple["Attachment", ...] | None = None
    declared_type: str = ""
    inline: bool = False
    content_id: str | None = None
    problem: Defect | None = None

    @property
    def size(self) -> int:
        """Bytes after decoding."""
        return len(self.data)

    def leaves(self) -> tuple["Attachment", ...]:
        """Return the files themselves: this one, or, for an opened container, all that is inside it."""
        if self.members is None:
            return (self,)
        return tuple(leaf for member in self.members for leaf in member.leaves())


@dataclass(frozen=True, slots=True)
class FailedRecipient:
    """One line of a delivery report (RFC 3464): who was not reached, with the status as `5.1.1` and the words."""

    addr: str
    action: str
    status: str
    diagnostic: str

    @property
    def permanent(self) -> bool:
        """True unless the report says that delivery is still being tried (4.x.x, delayed)."""
        return not (self.status.startswith("4") or self.action == "delayed")


@dataclass(frozen=True, slots=True)
class ReturnedLetter:
    """What a bounce tells about the letter that came back."""

    message_id: str | None
    subject: str
    recipients: tuple[FailedRecipient, ...]


@dataclass(frozen=True, slots=True)
class CloudLink:
    """A file that was not sent but put up for download (超大附件): its name if given, and its address."""

    name: str | None
    url: str


@dataclass(frozen=True, slots=True)
class ParsedLetter:
    """A letter as read from its bytes.

    `sha256` and `size` are of the raw bytes. `message_id`, `in_reply_to`, `references` are with <>.
    `return_path` is None if our server recorded none and "" for the empty path of bounces. `date` is the
    sender's claim, aware, or None. `headers` are (lower-case name, decoded and unfolded value) in order.
    `body_text` holds the sender's own words, without quoted history and client signatures; `full_text` all of it.
    """

    sha256: str
    size: int
    message_id: str | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    subject: str
    sender: Address | None
    reply_to: tuple[Address, ...]
    recipients: tuple[Address, ...]
    return_path: str | None
    date: datetime | None
    headers: tuple[tuple[str, str], ...]
    content_type: str
    body_text: str
    full_text: str
    attachments: tuple[Attachment, ...]
    returned: ReturnedLetter | None
    cloud_links: tuple[CloudLink, ...]
    defects: tuple[Defect, ...]

    def header(self, name: str) -> str | None:
        """Return the first value of a header, None if the letter has none of that name."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), None)

    def header_all(self, name: str) -> tuple[str, ...]:
        """Return all values of a header in order."""
        wanted = name.lower()
        return tuple(value for key, value in self.headers if key == wanted)

    def files(self) -> tuple[Attachment, ...]:
        """Return every file, also those inside zip archives, winmail.dat and forwarded letters."""
        return tuple(leaf for attachment in self.attachments for leaf in attachment.leaves())
