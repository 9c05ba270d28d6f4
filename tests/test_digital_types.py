"""Resource types that are no material: found in words that people use, never in those of samples."""

from __future__ import annotations

import pytest

from igsn_lint import facts
from igsn_lint.checks._values import is_digital

DIGITAL = """
3D model; Animation; Bild; Bilddatei; Computer file; Conjunto de datos; Core scan; CSV file; CT scan;
Data base; Data file; Data set [netCDF]; Data table; Dataset; Dataset of measurements; Datensatz;
Digital image (TIFF); Digital twin; digitales Foto; Electron microscope; Elektronenmikroskop;
Forschungsdaten; Fotografía; ICP-MS instrument; image/tiff; Imagen; Images (JPEG); Immagine digitale;
Instrument; Ion microprobe; Jeu de données; Journal article; JPEG images; Massenspektrometer; Messgerät;
Micrograph of olivine; Movie; PDF; Photographie numérique; PNG file; Poster; Presentation; Publication;
Raman spectrometer; Report; Scan; Script; Software; Sound; Source code; Spreadsheet; Digital surrogates;
Text document; Theses; Thesis; Thin section photograph; Video of the dive; Website; X-ray diffractometer;
X-ray scan; XRD instrument; application/json; Objects file
"""
MATERIAL = """
Audio tape; Coral recording of climate; Core; Core (image); Core section; Datable wood; Filed sample;
Filings; Image plate; Image stone; Imaged core; Individual Sample; Instrument-cut core; Instrumented core;
Mass spectrometer target; Microscope mount; Microscope slide; Musical instrument; Photographic plate;
Picture rock; Report core; Slide for microscope; Sounding core; Spectrometer standard; Stone instrument;
Textile; Thin section; Thin section for electron microscope; XRF bead
"""


def words(text: str) -> list[str]:
    return [word.strip() for word in text.split(";")]


@pytest.mark.parametrize("text", words(DIGITAL))
def test_what_is_no_material_is_known(text: str) -> None:
    assert is_digital(text)
    assert is_digital(text.upper())


@pytest.mark.parametrize("text", words(MATERIAL))
def test_material_is_none_of_it(text: str) -> None:
    assert not is_digital(text)
    assert not facts.digital_types().fullmatch(text)
