package org.copick.picks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.copick.error.CopickException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that any bytes give a document that can be stored and read again, or a typed exception. */
class DocumentMutationTest {
    private static final int MUTANTS = 4000;
    private static final byte[][] PIECES = {
        ascii("null"),
        ascii("{}"),
        ascii("[]"),
        ascii("NaN"),
        ascii("-Infinity"),
        ascii("1e999"),
        ascii("\"7\""),
        ascii("1.5"),
        ascii("true"),
        ascii("[["),
        ascii("\"location\""),
        ascii(","),
        ascii("99999999999999999999"),
        ascii("\\ud800"),
        {(byte) 0xC3},
        {(byte) 0xFF},
        {0},
        ascii("-"),
        ascii("\"\":")
    };

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {"picks-plain", "picks-transforms", "picks-extreme"})
    void mutatedPicks(String name) throws IOException {
        mutate(Documents.golden(name), json -> {
            PicksDocument document = PicksDocument.parse(json, "mutant");
            assertEquals(document, PicksDocument.parse(document.toJson(), "again"));
            assertEquals(document, document.withPoints(document.points()));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"filaments-polylines", "filaments-bspline", "filaments-catmull-rom"})
    void mutatedFilaments(String name) throws IOException {
        mutate(Documents.golden(name), json -> {
            FilamentsDocument document = FilamentsDocument.parse(json, "mutant");
            assertEquals(document, FilamentsDocument.parse(document.toJson(), "again"));
        });
    }

    private static void mutate(byte[] original, Consumer<byte[]> reading) {
        byte[] compact = new String(original, StandardCharsets.UTF_8)
                .replaceAll("\\s+", "")
                .getBytes(StandardCharsets.UTF_8);
        int read = 0;
        int refused = 0;
        for (long seed = 0; seed < MUTANTS; seed++) {
            byte[] mutant = mutant(compact, new Random(seed));
            try {
                reading.accept(mutant);
                read++;
            } catch (CopickException expected) {
                refused++;
            } catch (RuntimeException | Error e) {
                fail("seed " + seed, e);
            }
        }
        assertTrue(read > MUTANTS / 50 && refused > MUTANTS / 10, read + " read, " + refused + " refused");
    }

    private static byte[] mutant(byte[] original, Random random) {
        byte[] mutant = original;
        int changes = 1 + random.nextInt(2);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(mutant.length);
            int length = random.nextInt(3) == 0 ? random.nextInt(20) : random.nextInt(2);
            byte[] piece = switch (random.nextInt(4)) {
                case 0 -> PIECES[random.nextInt(PIECES.length)];
                case 1 -> new byte[] {(byte) random.nextInt(256)};
                case 2 -> new byte[] {(byte) ('0' + random.nextInt(10))};
                default -> Arrays.copyOfRange(original, at % original.length, Math.min(original.length, at + 8));
            };
            byte[] next = Arrays.copyOf(mutant, at + piece.length + Math.max(0, mutant.length - at - length));
            System.arraycopy(piece, 0, next, at, piece.length);
            if (at + length < mutant.length) {
                System.arraycopy(mutant, at + length, next, at + piece.length, mutant.length - at - length);
            }
            mutant = next;
        }
        return random.nextInt(20) == 0 ? Arrays.copyOf(mutant, random.nextInt(mutant.length)) : mutant;
    }
}
