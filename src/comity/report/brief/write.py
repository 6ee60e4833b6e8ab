"""The sheet as a Word file: the same sheet gives the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from comity.report.brief.measure import shortened
from comity.report.brief.sheet import (
    CELL,
    FOOT,
    HEADING,
    HIGH,
    PADDING,
    POINT,
    ROOM,
    SECTION,
    SIDE,
    SMALL,
    TITLE,
    TOP,
    WIDE,
    Part,
    Piece,
    Row,
    Sheet,
    Style,
)
from comity.report.words import printable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

FONT = "Arial"
RED = "8A1C1C"
LONGEST = 255
"""Letters that a property of a Word file may have."""

CORE = "docProps/core.xml"

MARK = Style("Header", 9.0, 11.0, 0.0, 0.0, bold=True)
MADE = Style("Footer", 7.0, 9.0, 0.0, 0.0)


@dataclass(frozen=True)
class Marks:
    """What stands around the sheet and in the file's properties."""

    title: str
    handling: str
    as_of: date
    version: str
    foot: str


def written(sheet: Sheet, marks: Marks) -> bytes:
    """The sheet as the bytes of a .docx file."""
    import docx

    document = docx.Document()
    _page(document)
    _fonts(document)
    _properties(document, marks)
    _around(document, marks)
    for part in sheet.parts:
        _part(document, part)
    if sheet.left_out:
        _paragraph(document, Piece(sheet.left_out, style=SMALL))
    raw = BytesIO()
    document.save(raw)
    return _fixed(raw.getvalue(), marks.as_of)


def _page(document: Document) -> None:
    from docx.shared import Pt

    section = document.sections[0]
    section.page_width, section.page_height = Pt(WIDE), Pt(HIGH)
    section.left_margin = section.right_margin = Pt(SIDE)
    section.top_margin, section.bottom_margin = Pt(TOP), Pt(FOOT)
    section.header_distance, section.footer_distance = Pt(22.0), Pt(14.0)


def _fonts(document: Document) -> None:
    """One font throughout, black, in British English."""
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    for name in dict.fromkeys(("Normal", "Header", "Footer", TITLE.name, "Subtitle", HEADING.name,
                               POINT.name)):  # fmt: skip
        style = document.styles[name]
        style.font.name = FONT
        style.font.italic = False
        style.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        for kind in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{kind}"), FONT)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    borders = document.styles[TITLE.name].element.find(f".//{qn('w:pBdr')}")
    if borders is not None:
        borders.getparent().remove(borders)


def _properties(document: Document, marks: Marks) -> None:
    """Title, day and maker; nothing of the machine or of today."""
    held, day = document.core_properties, datetime.combine(marks.as_of, datetime.min.time())
    held.title = printable(marks.title)[:LONGEST]
    held.author = held.last_modified_by = "Comity"
    held.comments = f"Made with Comity {marks.version}"
    held.subject = printable(marks.handling)[:LONGEST]
    held.keywords = held.category = ""
    held.language = "en-GB"
    held.created = held.modified = held.last_printed = day
    held.revision = 1


def _around(document: Document, marks: Marks) -> None:
    """The handling mark above and below, the maker at the foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import RGBColor

    section = document.sections[0]
    mark = shortened(" ".join(printable(marks.handling).split()), MARK.size, ROOM, 2, bold=True)
    for place in (section.header, section.footer):
        paragraph = place.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(mark)
        _set(paragraph, run, MARK, bold=True)
        run.font.color.rgb = RGBColor.from_string(RED)
    foot = section.footer.add_paragraph()
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _set(foot, foot.add_run(printable(marks.foot)), MADE, bold=False)


def _part(document: Document, part: Part) -> None:
    if part.opening is not None:
        _paragraph(document, part.opening)
    rows = [piece for piece in part.pieces if isinstance(piece, Row)]
    if rows:
        _table(document, rows)
    for piece in part.pieces:
        if isinstance(piece, Piece):
            _paragraph(document, piece)


def _paragraph(document: Document, piece: Piece) -> None:
    style = piece.style
    paragraph = document.add_paragraph(style=style.name)
    run = paragraph.add_run(piece.text)
    _set(paragraph, run, style, bold=style.bold)
    if style in (HEADING, SECTION):
        paragraph.paragraph_format.keep_with_next = True


def _set(paragraph: Paragraph, run: Any, style: Style, *, bold: bool) -> None:
    """Lines of a height that no font changes."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    run.bold, run.font.size = bold, Pt(style.size)
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(style.line)
    form.space_before, form.space_after = Pt(style.before), Pt(style.after)
    if style is POINT:
        form.left_indent, form.first_line_indent = Pt(style.indent), Pt(-style.indent)


def _table(document: Document, rows: list[Row]) -> None:
    from docx.shared import Pt

    table = document.add_table(rows=len(rows), cols=len(rows[0].widths))
    table.style = "Table Grid"
    table.autofit = False
    _padding(table)
    for row, cells in zip(rows, table.rows, strict=True):
        for place, (cell, text) in enumerate(zip(cells.cells, row.cells, strict=True)):
            cell.width = Pt(row.widths[place])
            paragraph = cell.paragraphs[0]
            _set(paragraph, paragraph.add_run(text), CELL, bold=row.bold or place == 0)
    for column, wide in zip(table.columns, rows[0].widths, strict=True):
        column.width = Pt(wide)
    if rows[0].bold:
        _heading_row(table.rows[0])


def _padding(table: Any) -> None:
    """The room at either side of a cell, as it was measured with."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round(PADDING * 20)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)


def _heading_row(row: Any) -> None:
    """Mark a row as the heading of its columns, for those who hear the table."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _fixed(raw: bytes, on: date) -> bytes:
    """The same file with the day of the dossier in place of the hour it was made.

    The properties are stored as they are, so that a file of ours can be told from others.
    """
    stamp = (min(max(on.year, 1980), 2107), on.month, on.day, 0, 0, 0)
    made = BytesIO()
    with ZipFile(BytesIO(raw)) as given, ZipFile(made, "w") as fixed:
        for name in given.namelist():
            info = ZipInfo(name, stamp)
            info.compress_type = ZIP_STORED if name == CORE else ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o600 << 16
            fixed.writestr(info, given.read(name))
    return made.getvalue()
