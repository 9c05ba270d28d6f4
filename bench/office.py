"""What reading office files costs without understanding them: ``python bench/office.py FILE``.

A DOCX is unzipped and its XML parsed with lxml; of a PDF pypdfium2 gives the text and the links.
"""

from __future__ import annotations

import sys
import zipfile


def word(path: str) -> None:
    from lxml import etree

    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith((".xml", ".rels")):
                etree.fromstring(data)


def pages(path: str) -> None:
    import ctypes

    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(path)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        position, link = ctypes.c_int(0), raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(page, position, link):
            action = raw.FPDFLink_GetAction(link)
            size = raw.FPDFAction_GetURIPath(document, action, None, 0)
            raw.FPDFAction_GetURIPath(document, action, ctypes.create_string_buffer(size), size)
        text.close()
        page.close()
    document.close()


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        (pages if argument.endswith(".pdf") else word)(argument)
