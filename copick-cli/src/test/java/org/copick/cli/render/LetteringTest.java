package org.copick.cli.render;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LetteringTest {
    private static final Lettering LETTERS = new Lettering(1);

    @ParameterizedTest
    @CsvSource({
        "é,e",
        "e\u0301,e",
        "ñandú,nandu",
        "Müller,Muller",
        "\u1e69,s",
        "łódź,lodz",
        "Straße,Strasse",
        "søm,som",
        "\u03bc,\u00b5",
        "\u212b,\u00c5",
        "A\u030a,\u00c5",
        "å,a"
    })
    void lettersWithMarksBecomeTheirBase(String text, String drawn) {
        assertEquals(LETTERS.width(drawn), LETTERS.width(text), text);
        assertArrayEquals(pixels(drawn), pixels(text), text);
    }

    @Test
    void aRingStaysWhereThereIsALetterForIt() {
        assertFalse(Arrays.equals(pixels("A"), pixels("A\u030a")));
    }

    @ParameterizedTest
    @CsvSource({"中", "\ud55c", "😀"})
    void othersAreOneBox(String text) {
        assertEquals(LETTERS.width("x"), LETTERS.width(text));
        assertArrayEquals(pixels("\u4e2d"), pixels(text));
    }

    private static int[] pixels(String text) {
        BufferedImage image = new BufferedImage(60, 10, BufferedImage.TYPE_INT_RGB);
        LETTERS.draw(image, text, 0, 0, 0xffffff);
        return image.getRGB(0, 0, 60, 10, null, 0, 60);
    }
}
