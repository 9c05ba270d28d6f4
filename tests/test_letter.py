"""The page and the letter for editors and authors, and what other formats ask of them in words."""

from __future__ import annotations

import re
from html import unescape

import pytest
from office_files import docx, pdf

from igsn_lint.api import lint
from igsn_lint.registry import Registry
from igsn_lint.reporters import render

REGISTRY = Registry.load()


def page(*files: tuple[str, bytes]) -> str:
    return render("html", lint(list(files), registry=REGISTRY, profile="cite"), REGISTRY)


def letter(*files: tuple[str, bytes]) -> list[str]:
    """The items of the letter, each in one line."""
    text = unescape(re.search(r"<pre>(.*?)</pre>", page(*files), re.DOTALL)[1])  # type: ignore[index]
    items = re.split(r"^\d+\. ", text, flags=re.MULTILINE)[1:]
    return [" ".join(item.split()) for item in items]


UNLINKED = ("a.docx", docx("The core https://doi.org/10.58052/IEKWV0005 was split."))


@pytest.mark.parametrize(
    "form", ["text", "github", "gitlab", "junit", "markdown", "csv", "checkstyle", "rdjson", "azure", "html"]
)
def test_what_is_shown_and_not_linked_is_to_be_linked_and_not_to_be_written(form: str) -> None:
    text = render(form, lint([UNLINKED], profile="cite"), REGISTRY)
    plain = unescape(re.sub("<[^<>]{0,20}>|`", "", text)).lower()
    assert re.search("link (it )?to https://doi.org/10.58052/iekwv0005", plain)
    assert "write https" not in plain


def test_findings_of_one_paragraph_stand_in_the_order_of_the_text() -> None:
    text = (
        "See igsn:10.58052/IEKWV0001, http://dx.doi.org/10.58052/IEKWV0002, and https://doi.org/10.58052%2FIEKWV0003."
    )
    report = lint(("a.docx", docx("First.", text)), profile="cite", select=["IL109", "IL201", "IL210"])
    told = [(finding.rule, finding.identifier) for finding in report.findings]
    assert told == [
        ("IL210", "10.58052/IEKWV0001"),
        ("IL201", "10.58052/IEKWV0002"),
        ("IL210", "10.58052/IEKWV0002"),
        ("IL109", "10.58052/IEKWV0003"),
    ]


def test_the_letter_quotes_the_whole_id_and_says_in_plain_words_what_is_wrong_with_it() -> None:
    text = (
        "See igsn:10.60510/GFKWV1C01\u2013S3, https://doi.org/10.58052/I\u0415KWV0021, igsn:10.60510/GFK\u00adWV1H07, "
        "https://doi.org/10.58052%2FIEKWV0009 and IGSN 10.273/IEKWV0001."
    )
    assert letter(("a.docx", docx(text))) == [
        'paragraph 1: "igsn:10.60510/GFKWV1C01\u2013S3": the dash or slash in it is not the plain one of the keyboard. '
        "Please write igsn:10.60510/GFKWV1C01-S3.",
        'paragraph 1: "https://doi.org/10.58052/I\u0415KWV0021": it has letters of another alphabet, which only look '
        "like the right ones. Please write https://doi.org/10.58052/IEKWV0021.",
        'paragraph 1: "igsn:10.60510/GFK[invisible]WV1H07": it has an invisible character in it or before it. '
        "Please write igsn:10.60510/GFKWV1H07.",
        'paragraph 1: "https://doi.org/10.58052%2FIEKWV0009": a character in it is written as a code of web addresses '
        "(as %2F for a slash). Please write https://doi.org/10.58052/IEKWV0009.",
        'paragraph 1: "IGSN 10.273/IEKWV0001": the number before the slash is damaged (it begins with 10. and goes on '
        "with four or five digits, or is 10273). Please write igsn:10273/IEKWV0001.",
    ]


def test_the_letter_asks_once_for_all_that_is_wrong_with_an_id() -> None:
    text = (
        "See http://dx.doi.org/10.58052/IEKWV0004, igsn:https://doi.org/10.58052/IEKWV0007 and "
        "https://app.geosamples.org/sample/igsn/IEKWV0023."
    )
    assert letter(("a.docx", docx(text))) == [
        'paragraph 1: "http://dx.doi.org/10.58052/IEKWV0004": the web address begins with something else than '
        "https://doi.org/; the ID is shown and nowhere linked to its DOI. "
        "Please write https://doi.org/10.58052/IEKWV0004 and link it to this address.",
        'paragraph 1: "igsn:https://doi.org/10.58052/IEKWV0007": the word igsn: is joined to a web address; the ID is '
        "shown and nowhere linked to its DOI. "
        "Please write https://doi.org/10.58052/IEKWV0007 and link it to this address.",
        'paragraph 1: "https://app.geosamples.org/sample/igsn/IEKWV0023": the text gives a page of '
        '"app.geosamples.org" instead of the DOI; the ID is shown and nowhere linked to its DOI. '
        "Please write the DOI of the sample instead. Please link it to its DOI.",
    ]


def test_a_sample_of_which_two_spellings_are_mended_is_linked_to_the_one_that_is_written() -> None:
    text = "See igsn:10.58052/IEKWV00aa; then igsn:10.58052/IEKWV00AA, and again igsn:10.58052/IEKWV00AA."
    (item,) = letter(("a.docx", docx(text)))
    assert item.endswith("write igsn:10.58052/IEKWV00AA and link it to https://doi.org/10.58052/IEKWV00AA.")


def test_the_author_is_asked_which_of_two_readings_is_right() -> None:
    data = pdf([(50, 700, "See the chip https://doi.org/10.60510/GFKWV1C01-"), (50, 687, "S3 of the core.")])
    (item,) = letter(("a.pdf", data))
    assert item == (
        'page 1: "https://doi.org/10.60510/GFKWV1C01-S3": the ID is shown and nowhere linked to its DOI; a hyphen at a '
        'line end may belong to the ID or not: "GFKWV1C01S3" or "GFKWV1C01-S3". '
        "Please link it to its DOI. Which of them is right?"
    )


def test_many_places_are_named_once_each_and_the_author_is_asked_to_change_them() -> None:
    texts = [f"See http://dx.doi.org/10.58052/IEKWX{n:04} and http://doi.org/10.58052/IEKWZ{n:04}." for n in range(30)]
    word, markdown = ("a.docx", docx(*texts)), ("b.md", "\n\n".join(texts).encode())
    named = ", ".join(f"paragraph {n}" for n in range(1, 21))
    assert letter(word) == [
        '60 places, the first of them "http://dx.doi.org/10.58052/IEKWX0000": the web address begins with something '
        "else than https://doi.org/; the ID is shown and nowhere linked to its DOI. "
        f"Where: {named} and 10 more. "
        "Please write https://doi.org/10.58052/IEKWX0000 and link it to this address. "
        "Please do likewise at the other places."
    ]
    assert "Where: line 1, line 3, line 5," in letter(markdown)[0]
    assert f"Where: {named} and 10 more." in page(word)
    (finding, *_) = lint([word], profile="cite", select=["IL210"]).findings
    assert finding.message.endswith("its DOI (60 places: paragraph 1, paragraph 2, paragraph 3 …)")


def test_many_places_of_several_words_are_told_apart() -> None:
    rows = "".join(f"http://dx.doi.org/10.58052/IEKWX{n:04}\n" for n in range(30))
    (item,) = letter(("a.csv", f"IGSN\n{rows}".encode()))
    assert "Where: line 2, row 2, column IGSN; line 3, row 3, column IGSN; " in item


def test_no_marks_of_markdown_stand_in_the_letter() -> None:
    text = "See https://doi.org/10273/IEKWV0008, igsn:10.58052/XXXXXXX and 10.58052/."
    assert not any("`" in item for item in letter(("a.docx", docx(text))))


def test_the_page_marks_the_whole_id() -> None:
    for name, data in (
        ("a.docx", docx("A \u2013 B: igsn:10.60510/AB\u2013S3.")),
        ("a.md", "A \u2013 B: igsn:10.60510/AB\u2013S3.".encode()),
    ):
        assert "<mark>igsn:10.60510/AB\u2013S3</mark>" in page((name, data))


def test_findings_of_word_stand_in_the_order_of_the_document() -> None:
    footnote = "<w:footnote w:id='2'><w:p><w:r><w:t>See igsn:10.58052/IEKWV0004.</w:t></w:r></w:p></w:footnote>"
    data = docx("See igsn:10.58052/IEKWV0001.", "See igsn:10.58052/IEKWV0002.", parts={"footnotes": footnote})
    report = lint([("a.docx", data)], profile="cite", select=["IL210"])
    assert [finding.pointer for finding in report.findings] == ["paragraph 1", "paragraph 2", "footnote 1"]


def test_the_letter_quotes_what_people_read_and_no_mark_up() -> None:
    (item,) = letter(("a.html", "<p>The core igsn:10.60510/<b>GFKWV1C01</b>\u2013S3 was split.</p>".encode()))
    assert '"igsn:10.60510/GFKWV1C01\u2013S3": the dash' in item


def test_the_page_names_the_id_in_its_heads_and_shows_no_code_points_there() -> None:
    heads = re.findall("<h4>(.*?)</h4>", unescape(page(("a.docx", docx("See igsn:10.60510/GFK\u00adWV1H07.")))))
    assert heads == ['"igsn:10.60510/GFK[invisible]WV1H07": it has an invisible character in it or before it.']
