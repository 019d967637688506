package org.copick.cli.render;

import java.awt.image.BufferedImage;
import java.text.Normalizer;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A built-in bitmap font, 5 pixels wide and 7 high, because Java runtimes on servers often have no fonts.
 *
 * @param size the scale: picture pixels per font pixel, in each direction
 */
record Lettering(int size) {
    private static final int COLUMNS = 5;
    private static final int ROWS = 7;

    /** The glyphs: a character, then its rows from the top, two hexadecimal digits each. */
    private static final String TABLE = """
            A 0E11111F111111
            B 1E11111E11111E
            C 0E11101010110E
            D 1E11111111111E
            E 1F10101E10101F
            F 1F10101E101010
            G 0E11101711110F
            H 1111111F111111
            I 0E04040404040E
            J 0702020202120C
            K 11121418141211
            L 1010101010101F
            M 111B1515111111
            N 11111915131111
            O 0E11111111110E
            P 1E11111E101010
            Q 0E11111115120D
            R 1E11111E141211
            S 0F10100E01011E
            T 1F040404040404
            U 1111111111110E
            V 11111111110A04
            W 1111111515150A
            X 11110A040A1111
            Y 1111110A040404
            Z 1F01020408101F
            a 00000E010F110F
            b 1010161911111E
            c 00000E1010110E
            d 01010D1311110F
            e 00000E111F100E
            f 0609081C080808
            g 000F11110F010E
            h 10101619111111
            i 04000C0404040E
            j 0200060202120C
            k 10101214181412
            l 0C04040404040E
            m 00001A15151111
            n 00001619111111
            o 00000E1111110E
            p 00001E111E1010
            q 00000D130F0101
            r 00001619101010
            s 00000E100E011E
            t 08081C08080906
            u 0000111111130D
            v 00001111110A04
            w 0000111115150A
            x 0000110A040A11
            y 000011110F010E
            z 00001F0204081F
            0 0E11131519110E
            1 040C040404040E
            2 0E11010204081F
            3 1F02040201110E
            4 02060A121F0202
            5 1F101E0101110E
            6 0608101E11110E
            7 1F010204080808
            8 0E11110E11110E
            9 0E11110F01020C
            . 00000000000C0C
            , 000000000C0408
            : 000C0C000C0C00
            ; 000C0C000C0408
            - 0000001F000000
            _ 0000000000001F
            + 0004041F040400
            = 00001F001F0000
            ( 02040808080402
            ) 08040202020408
            [ 0E08080808080E
            ] 0E02020202020E
            { 02040408040402
            } 08040402040408
            < 02040810080402
            > 08040201020408
            / 00010204081000
            | 04040404040404
            @ 0E11010D15150E
            % 18190204081303
            & 0C12140815120D
            # 0A0A1F0A1F0A0A
            $ 040F140E051E04
            ! 04040404000004
            ? 0E110102040004
            * 0004150E150400
            ^ 040A1100000000
            ~ 00000815020000
            ' 0C040800000000
            ` 08040200000000
            Å 040A040E111F11
            µ 000011111D1010
            × 00110A040A1100
            """;

    /** Substitutes for letters that Unicode does not decompose into a base letter and marks. */
    private static final Map<Integer, String> PLAIN = Map.of(
            (int) 'ø', "o", (int) 'Ø', "O", (int) 'ł', "l", (int) 'Ł', "L", (int) 'đ', "d", (int) 'Đ', "D", (int) 'ß',
            "ss", (int) 'ı', "i", 0x3bc, "µ");

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private static final String UNKNOWN = "1F111111111F00";
    private static final Map<Integer, String> GLYPHS = glyphs();

    private static Map<Integer, String> glyphs() {
        Map<Integer, String> glyphs = new TreeMap<>();
        glyphs.put((int) ' ', "00000000000000");
        glyphs.put((int) '"', "0A0A0A00000000");
        glyphs.put((int) '\\', "00100804020100");
        TABLE.lines().forEach(line -> glyphs.put(line.codePointAt(0), line.substring(2)));
        return glyphs;
    }

    /** Returns the width of a text in pixels, including the gap after its last letter. */
    int width(String text) {
        return drawable(text).length * (COLUMNS + 1) * size;
    }

    /** Returns the height of a line in pixels, without a gap. */
    int height() {
        return ROWS * size;
    }

    /** Returns the characters to draw; a letter with marks and no glyph becomes its base letter. */
    private static int[] drawable(String text) {
        StringBuilder drawn = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(character -> {
            String whole = Character.toString(character);
            String parts = Normalizer.normalize(whole, Normalizer.Form.NFD);
            String base = PLAIN.getOrDefault(character, MARKS.matcher(parts).replaceAll(""));
            boolean isPlainer =
                    !GLYPHS.containsKey(character) && base.codePoints().allMatch(GLYPHS::containsKey);
            drawn.append(isPlainer ? base : whole);
        });
        return drawn.codePoints().toArray();
    }

    /** Draws a text; characters without a glyph become boxes. */
    void draw(BufferedImage image, String text, int left, int top, int rgb) {
        int x = left;
        for (int character : drawable(text)) {
            String glyph = GLYPHS.getOrDefault(character, UNKNOWN);
            for (int row = 0; row < ROWS; row++) {
                int bits = Integer.parseInt(glyph.substring(2 * row, 2 * row + 2), 16);
                for (int column = 0; column < COLUMNS; column++) {
                    if ((bits >> (COLUMNS - 1 - column) & 1) == 1) {
                        fill(image, x + column * size, top + row * size, size, size, rgb);
                    }
                }
            }
            x += (COLUMNS + 1) * size;
        }
    }

    static void fill(BufferedImage image, int left, int top, int width, int height, int rgb) {
        for (int y = Math.max(0, top); y < Math.min(image.getHeight(), top + height); y++) {
            for (int x = Math.max(0, left); x < Math.min(image.getWidth(), left + width); x++) {
                image.setRGB(x, y, rgb);
            }
        }
    }
}
