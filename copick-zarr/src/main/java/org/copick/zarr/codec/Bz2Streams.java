package org.copick.zarr.codec;

/**
 * Finds the starts of concatenated bz2 streams, as written by parallel compressors. Each stream starts at a whole byte,
 * with a header and the marker of a block or of the end. Together these are ten bytes, which packed data do not contain
 * by chance.
 */
final class Bz2Streams {
    private static final long BLOCK = 0x3141_5926_5359L;
    private static final long END = 0x1772_4538_5090L;
    private static final int HEADER = 4;
    private static final int MARK = 6;

    private Bz2Streams() {}

    /** Returns the start of the stream after the one that starts at {@code from}, or the end of the data. */
    static int next(Slice packed, int from) {
        for (int at = from + HEADER + MARK; at + HEADER + MARK <= packed.length(); at++) {
            if (isBeginning(packed.bytes(), packed.from() + at)) {
                return at;
            }
        }
        return packed.length();
    }

    private static boolean isBeginning(byte[] bytes, int at) {
        if (bytes[at] != 'B' || bytes[at + 1] != 'Z' || bytes[at + 2] != 'h') {
            return false;
        }
        long mark = 0;
        for (int i = 0; i < MARK; i++) {
            mark = mark << 8 | (bytes[at + HEADER + i] & 0xffL);
        }
        return bytes[at + 3] >= '1' && bytes[at + 3] <= '9' && (mark == BLOCK || mark == END);
    }
}
