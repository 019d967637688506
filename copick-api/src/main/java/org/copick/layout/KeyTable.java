package org.copick.layout;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.copick.error.UnsupportedFeatureException;
import org.jspecify.annotations.Nullable;

/**
 * The entries of an index in key order, in little memory: a name is stored as the difference to the one before it.
 *
 * <p>Immutable.
 */
final class KeyTable {
    /** Entries in a block. Each lookup decodes half a block on average. */
    private static final int BLOCK = 32;

    private static final int LISTED = 0;
    private static final int FOLDER = 1;
    private static final int COUNTED = 2;
    private static final int TEXT = 0;
    private static final int HEX = 1;
    private static final int QUOTED_HEX = 2;

    private final byte[][] blocks;
    private final int size;

    private KeyTable(byte[][] blocks, int size) {
        this.blocks = blocks;
        this.size = size;
    }

    /** Returns the number of entries. */
    int size() {
        return size;
    }

    /** Returns the size of the encoded entries in bytes. */
    long bytes() {
        return Arrays.stream(blocks).mapToLong(block -> block.length).sum();
    }

    /** Returns a cursor before the first entry whose name is not less than a text. */
    Cursor from(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        Cursor cursor = new Cursor(lastBlockUpTo(wanted));
        cursor.skipBelow(wanted);
        return cursor;
    }

    /** Returns the entry with a name, or null if there is none. */
    @Nullable IndexEntry get(String name) {
        IndexEntry entry = from(name).next();
        return entry != null && entry.name().equals(name) ? entry : null;
    }

    /** Returns the last block whose first name is not greater than a name; the first block if there is none. */
    private int lastBlockUpTo(byte[] name) {
        int low = 0;
        int high = blocks.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (compareFirst(blocks[middle], name) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Compares the first name of a block, which is stored as a whole. */
    private static int compareFirst(byte[] block, byte[] name) {
        Input in = new Input(block);
        in.number();
        int length = (int) in.number();
        return Arrays.compareUnsigned(block, in.at, in.at + length, name, 0, name.length);
    }

    /** Goes through entries in key order. Not safe for use by several threads. */
    final class Cursor {
        private int block;
        private Input in;
        private byte[] name = new byte[256];
        private int length;
        /** True if the name of the next entry was read already. */
        private boolean isAtEntry;

        private Cursor(int block) {
            this.block = block;
            this.in = new Input(block < blocks.length ? blocks[block] : new byte[0]);
        }

        /** Returns the next entry, or null after the last one. */
        @Nullable IndexEntry next() {
            boolean found = isAtEntry || advance();
            isAtEntry = false;
            return found ? entry(true) : null;
        }

        private void skipBelow(byte[] wanted) {
            while (advance()) {
                if (Arrays.compareUnsigned(name, 0, length, wanted, 0, wanted.length) >= 0) {
                    isAtEntry = true;
                    return;
                }
                entry(false);
            }
        }

        private boolean advance() {
            while (in.at == in.bytes.length) {
                if (block + 1 >= blocks.length) {
                    return false;
                }
                in = new Input(blocks[++block]);
            }
            int shared = (int) in.number();
            int added = (int) in.number();
            if (shared + added > name.length) {
                name = Arrays.copyOf(name, Math.max(shared + added, 2 * name.length));
            }
            System.arraycopy(in.bytes, in.at, name, shared, added);
            in.at += added;
            length = shared + added;
            return true;
        }

        /** Decodes the entry whose name was read; returns null for one that is not wanted. */
        private @Nullable IndexEntry entry(boolean wanted) {
            int kind = (int) in.number();
            String text = wanted && kind != LISTED ? text() : "";
            switch (kind) {
                case FOLDER -> {
                    return wanted ? new IndexEntry.Folder(text) : null;
                }
                case COUNTED -> {
                    long objects = in.number();
                    long bytes = in.number();
                    return wanted ? new IndexEntry.Counted(text, objects, bytes) : null;
                }
                default -> {
                    long bytes = in.number();
                    int form = (int) in.number();
                    int versionLength = (int) in.number();
                    int at = in.at;
                    in.at += versionLength;
                    return wanted ? new IndexEntry.Listed(text(), bytes, version(form, at, versionLength)) : null;
                }
            }
        }

        private String text() {
            return new String(name, 0, length, StandardCharsets.UTF_8);
        }

        private String version(int form, int at, int count) {
            if (form == TEXT) {
                return new String(in.bytes, at, count, StandardCharsets.UTF_8);
            }
            String hex = HexFormat.of().formatHex(in.bytes, at, at + count);
            return form == HEX ? hex : '"' + hex + '"';
        }
    }

    /** Encoded numbers, seven bits in a byte. */
    private static final class Input {
        private final byte[] bytes;
        private int at;

        Input(byte[] bytes) {
            this.bytes = bytes;
        }

        long number() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = bytes[at++];
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }
    }

    /** Collects entries in key order. */
    static final class Builder {
        private final long mostBytes;
        private final List<byte[]> blocks = new ArrayList<>();
        private final ByteArrayOutputStream block = new ByteArrayOutputStream(4096);
        private byte[] last = new byte[0];
        private long bytes;
        private int size;

        /** Creates a table that may become this large. */
        Builder(long mostBytes) {
            this.mostBytes = mostBytes;
        }

        /**
         * Adds an entry, whose name must be greater than the last one.
         *
         * @throws UnsupportedFeatureException if the table becomes too large
         */
        void add(IndexEntry entry) {
            if (size > 0 && size % BLOCK == 0) {
                endBlock();
            }
            byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
            int mismatch = block.size() == 0 ? 0 : Arrays.mismatch(last, name);
            int shared = mismatch < 0 ? name.length : mismatch;
            number(shared);
            number(name.length - shared);
            block.write(name, shared, name.length - shared);
            if (entry instanceof IndexEntry.Counted counted) {
                number(COUNTED);
                number(counted.objects());
                number(counted.bytes());
            } else if (entry instanceof IndexEntry.Listed listed) {
                number(LISTED);
                number(listed.info().size());
                version(listed.info().version().value());
            } else {
                number(FOLDER);
            }
            last = name;
            if (++size == Integer.MAX_VALUE) {
                throw tooLarge();
            }
        }

        private void version(String text) {
            boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
            String inner = quoted ? text.substring(1, text.length() - 1) : text;
            boolean isHex = inner.length() % 2 == 0
                    && inner.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
            byte[] encoded = isHex ? HexFormat.of().parseHex(inner) : text.getBytes(StandardCharsets.UTF_8);
            number(isHex ? quoted ? QUOTED_HEX : HEX : TEXT);
            number(encoded.length);
            block.write(encoded, 0, encoded.length);
        }

        private void number(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                block.write((int) (rest & 0x7f) | 0x80);
                rest >>>= 7;
            }
            block.write((int) rest);
        }

        private void endBlock() {
            bytes += block.size();
            if (bytes > mostBytes) {
                throw tooLarge();
            }
            blocks.add(block.toByteArray());
            block.reset();
        }

        private UnsupportedFeatureException tooLarge() {
            return new UnsupportedFeatureException("it has more than " + (size - 1)
                    + " entries, too many for this heap; give the program a larger heap with -Xmx");
        }

        KeyTable build() {
            if (block.size() > 0) {
                endBlock();
            }
            return new KeyTable(blocks.toArray(byte[][]::new), size);
        }
    }
}
