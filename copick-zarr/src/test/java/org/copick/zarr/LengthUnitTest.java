package org.copick.zarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every usual spelling of a unit of length is recognised. */
class LengthUnitTest {
    @ParameterizedTest
    @CsvSource({
        "angstrom, 1",
        "Angstrom, 1",
        "ANGSTROMS, 1",
        "ångström, 1",
        "Ångstrom, 1",
        "\u00c5, 1",
        "\u212b, 1",
        "A\u030a, 1",
        "å, 1",
        "A, 1",
        "nanometer, 10",
        "nanometre, 10",
        "Nanometers, 10",
        "NANOMETRES, 10",
        "nm, 10",
        "NM, 10",
        "\u339a, 10",
        "micrometer, 1e4",
        "micrometre, 1e4",
        "micron, 1e4",
        "Microns, 1e4",
        "um, 1e4",
        "UM, 1e4",
        "\u00b5m, 1e4",
        "\u03bcm, 1e4",
        "\u00b5M, 1e4",
        "pm, 0.01",
        "picometer, 0.01",
        "picometre, 0.01",
        "Pm, 1e25",
        "femtometer, 1e-5",
        "mm, 1e7",
        "Mm, 1e16",
        "millimeter, 1e7",
        "MILLIMETRE, 1e7",
        "centimeter, 1e8",
        "CM, 1e8",
        "decimeter, 1e9",
        "meter, 1e10",
        "Metres, 1e10",
        "m, 1e10",
        "hectometer, 1e12",
        "kilometer, 1e13",
        "KM, 1e13"
    })
    void spellingsInAngstrom(String name, double expected) {
        assertEquals(expected, LengthUnit.angstrom(name).orElseThrow().doubleValue());
        assertEquals(
                expected, LengthUnit.angstrom(" " + name + " ").orElseThrow().doubleValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"MM", "PM", "pixel", "px", "parsec", "inch", "second", "parameter", "", "s", "nanom", "a.u."})
    void othersAreNotKnown(String name) {
        assertTrue(LengthUnit.angstrom(name).isEmpty());
    }
}
