"""Damage as it really happens to letters: bytes lost, doubled, swapped, lines broken, parts of others mixed in."""

from random import Random

_SPLINTERS = (
    *(b"\r\n", b"\n\n", b"\x00", b"\xff", b"=", b"==", b"=?", b"?=", b"--", b"; ", b'"', b"(", b"<", b">", b"From: "),
    *(b"=?gbk?B?", b"=?utf-8?Q?=", b"filename*0*=gbk''%", b"charset=utf-16", b"charset=idna", b"\x1b$B", b"~{"),
    *(b"Content-Type: multipart/mixed; boundary=\r\n", b"Content-Transfer-Encoding: base64\r\n", b"\x81\x30"),
    *(b"message/rfc822", b"multipart/report", b"PK\x01\x02", b"PK\x05\x06", b"\x78\x9f\x3e\x22", b"%PDF-"),
    *(b"<blockquote>", b"<!--", b"&#x110000;", "同意".encode(), "原始邮件".encode("gbk")),
)


def mutate(data: bytes, dice: Random) -> bytes:
    """Return `data` with one to twelve wounds."""
    out = bytearray(data)
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(out) + 1)
        span = dice.choice((1, 1, 2, 8, 64, 512))
        match dice.randrange(7):
            case 0:
                del out[at : at + span]
            case 1:
                out[at:at] = dice.choice(_SPLINTERS)
            case 2:
                out[at : at + span] = dice.randbytes(span)
            case 3:
                out[at:at] = out[at : at + span] * dice.randint(1, 30)
            case 4:
                del out[at:]
            case 5:
                start = dice.randrange(len(out) + 1)
                out[at:at] = out[start : start + span]
            case _:
                out = bytearray(
                    bytes(out).replace(b"\r\n", dice.choice((b"\n", b"\r", b"\r\n\r\n", b"\r\n ")), dice.randint(1, 3))
                )
    return bytes(out)
