"""What elements do: the grammar of HTML, and the one of articles and editions in XML."""

from __future__ import annotations

from typing import NamedTuple


class Grammar(NamedTuple):
    """What the elements of a format do, by their names in lower case."""

    xml: bool
    inline: frozenset[str]
    block: frozenset[str]
    void: frozenset[str]
    item: frozenset[str]
    mark: frozenset[str]
    note: frozenset[str]
    deleted: frozenset[str]
    row: frozenset[str]
    cell: frozenset[str]
    head: frozenset[str]
    term: frozenset[str]
    definition: frozenset[str]
    code: frozenset[str]
    links: dict[str, tuple[str, ...]]
    listed: frozenset[str]
    """Items that may stand directly behind the term that they belong to."""

    hidden: frozenset[str]
    """Elements whose text stands outside the page that is read, and where nothing can be a link."""

    unlinked: frozenset[str]
    """Elements in which no link can stand: links, controls, drawings, formulas, and what holds a text alone."""

    fields: frozenset[str]
    """Elements that hold an identifier by itself and say what kind it is, in whatever text they stand."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


HTML = Grammar(
    xml=False,
    inline=frozenset(),
    block=_names(
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption"
        " figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav noscript ol"
        " optgroup option p pre section select summary table tbody td textarea tfoot th thead title tr ul video audio"
        " canvas iframe object template search button"
    ),
    void=_names("area base br col embed hr img input link meta source track wbr param frame keygen"),
    item=_names("li"),
    mark=_names("sup"),
    note=frozenset(),
    deleted=_names("del s strike"),
    row=_names("tr"),
    cell=_names("td th"),
    head=_names("th"),
    term=_names("dt"),
    definition=_names("dd"),
    listed=frozenset(),
    code=_names("pre code samp kbd tt listing xmp"),
    links={"a": ("href",), "area": ("href",)},
    hidden=_names("template title option noscript"),
    unlinked=_names("a button summary textarea select option title iframe object script style svg math"),
    fields=frozenset(),
)

ARTICLE = Grammar(
    xml=True,
    inline=_names(
        # JATS
        "italic bold sup sub sc monospace underline strike overline roman sans-serif ext-link uri xref named-content"
        " styled-content email abbrev milestone-start milestone-end inline-graphic private-char target break"
        " fixed-case ruby rb rt related-object inline-supplementary-material wbr"
        # TEI
        " hi ref ptr emph term ident code gi att val foreign lb pb cb milestone anchor c w pc seg orig reg corr sic"
        " abbr expan choice ex am unclear supplied add rs mentioned soCalled distinct formula objectname idno"
        " num measure name persname placename orgname geogname subst del damage restore surplus gap space app lem"
        # DocBook
        " emphasis link ulink phrase literal citetitle quote subscript superscript filename"
    )
    | {"socalled"},
    block=frozenset(),
    void=frozenset(),
    item=_names("list-item item listitem"),
    mark=_names("sup superscript xref"),
    # Another reading in an apparatus is a note, too.
    note=_names("fn note footnote rdg"),
    deleted=_names("del strike"),
    row=_names("tr row"),
    cell=_names("td th cell entry"),
    head=_names("th"),
    term=_names("term meta-name label"),
    definition=_names("def meta-value"),
    listed=_names("item listitem"),
    code=_names("code preformat programlisting screen eg"),
    links={
        # A workbook in XML has its links at its cells.
        "cell": ("href",),
        "ext-link": ("href",),
        "named-content": ("href",),
        "uri": ("href",),
        "self-uri": ("href",),
        "related-object": ("href",),
        "supplementary-material": ("href",),
        "ref": ("target",),
        "ptr": ("target",),
        "link": ("href",),
        "ulink": ("url",),
    },
    hidden=frozenset(),
    unlinked=_names(
        # JATS
        "ext-link uri self-uri xref email related-object related-article tex-math math meta-name"
        # TEI
        " ref ptr formula"
    ),
    fields=_names(
        "pub-id object-id article-id issue-id volume-id journal-id book-id contrib-id institution-id elocation-id"
        " issn isbn idno"
    ),
)

IMPLIED = {
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"tr"},
    "tbody": {"tr", "thead"},
    "tfoot": {"tr", "tbody"},
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "option": {"option"},
    "p": {"p"},
    "div": {"p"},
    "table": {"p"},
    "ul": {"p"},
    "ol": {"p"},
}
"""By a start tag of HTML, the elements that it closes without an end tag."""

SCOPE = {"li": ("ul", "ol", "table"), "dt": ("dl",), "dd": ("dl",), "td": ("table", "tr"), "th": ("table", "tr")}
"""And the elements beyond which it closes none; a table where nothing is said."""
