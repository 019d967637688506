package org.copick.zarr.codec;

/**
 * Decodes blosclz, Blosc's own compression. A stream is a sequence of instructions: a literal run (control byte below
 * 32) or a match (length in the upper three bits, distance in the lower five and the following bytes). The first
 * instruction is always a literal run.
 */
final class BloscLz {
    private static final int FAR = 8191;

    private BloscLz() {}

    static int decode(Slice packed, byte[] into, int to, int length) throws CodecException {
        byte[] from = packed.bytes();
        int in = packed.from();
        int end = in + packed.length();
        int limit = to + length;
        int out = to;
        boolean first = true;
        while (in < end) {
            int control = from[in++] & 0xff;
            if (first) {
                control &= 31;
                first = false;
            }
            if (control < 32) {
                int run = control + 1;
                if (run > limit - out || run > end - in) {
                    throw new CodecException("blosclz: a literal run extends beyond the block");
                }
                System.arraycopy(from, in, into, out, run);
                in += run;
                out += run;
                continue;
            }
            int match = (control >> 5) + 2;
            int high = (control & 31) << 8;
            if (control >> 5 == 7) {
                int more;
                do {
                    if (in >= end || match > length) {
                        throw new CodecException("blosclz: a match is truncated or too long");
                    }
                    more = from[in++] & 0xff;
                    match += more;
                } while (more == 255);
            }
            if (in >= end) {
                throw new CodecException("blosclz: a match is cut off");
            }
            int low = from[in++] & 0xff;
            int distance = high + low + 1;
            if (low == 255 && high == 31 << 8) {
                if (end - in < 2) {
                    throw new CodecException("blosclz: a match is cut off");
                }
                distance = ((from[in] & 0xff) << 8 | (from[in + 1] & 0xff)) + FAR + 1;
                in += 2;
            }
            if (match > limit - out || distance > out - to) {
                throw new CodecException("blosclz: a match extends beyond the block");
            }
            for (int i = 0; i < match; i++, out++) {
                into[out] = into[out - distance];
            }
        }
        return out - to;
    }
}
