package org.copick.zarr.codec;

import java.util.zip.Checksum;

/** Fletcher's checksum of big-endian words of two bytes, with the sums folded as in HDF5 and numcodecs. */
final class Fletcher32 implements Checksum {
    /** Number of words added before the sums are folded; more could overflow. */
    private static final int WORDS = 360;

    private static final int LOW = 0xffff;

    private int first;
    private int second;
    private int words;
    private int half = -1;

    @Override
    public void update(int b) {
        if (half < 0) {
            half = b & 0xff;
            return;
        }
        add(half << 8 | (b & 0xff));
        half = -1;
        if (++words == WORDS) {
            fold();
            words = 0;
        }
    }

    @Override
    public void update(byte[] bytes, int from, int length) {
        for (int i = 0; i < length; i++) {
            update(bytes[from + i]);
        }
    }

    private void add(int word) {
        first += word;
        second += first;
    }

    private void fold() {
        first = (first & LOW) + (first >>> 16);
        second = (second & LOW) + (second >>> 16);
    }

    /** {@inheritDoc} No bytes may be added afterwards. */
    @Override
    public long getValue() {
        if (words > 0) {
            fold();
        }
        if (half >= 0) {
            add(half << 8);
            fold();
        }
        fold();
        return (second << 16 | first) & 0xffffffffL;
    }

    @Override
    public void reset() {
        first = 0;
        second = 0;
        words = 0;
        half = -1;
    }
}
