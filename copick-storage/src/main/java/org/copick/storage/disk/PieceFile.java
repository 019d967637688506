package org.copick.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Reads and writes the file of a piece. It consists of a header that identifies the piece, a checksum of each
 * {@value #BLOCK} bytes of content, a checksum of header and checksums, and the content. A part of a long piece can
 * therefore be verified without reading the rest.
 */
final class PieceFile {
    static final int BLOCK = 64 << 10;

    private static final byte[] MAGIC = "copickB1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD = MAGIC.length + 2 * HashedName.LENGTH + 3 * Long.BYTES;

    private final Piece piece;
    private final byte[] head;

    PieceFile(HashedName object, HashedName version, Piece piece) {
        this.piece = piece;
        ByteBuffer bytes = ByteBuffer.allocate(HEAD).put(MAGIC);
        object.putInto(bytes);
        version.putInto(bytes);
        this.head = bytes.putLong(piece.size())
                .putLong(piece.offset())
                .putLong(piece.length())
                .array();
    }

    /** Returns the length in bytes of the file of a piece with this many bytes of content. */
    static long length(int pieceLength) {
        return (long) table(pieceLength) + pieceLength;
    }

    void write(WritableByteChannel file, byte[] content) throws IOException {
        ByteBuffer table = ByteBuffer.allocate(table(content.length)).put(head);
        for (int at = 0; at < content.length; at += BLOCK) {
            table.putInt(checksum(content, at, Math.min(BLOCK, content.length - at)));
        }
        table.putInt(checksum(table.array(), 0, table.position()));
        writeAll(file, table.array());
        writeAll(file, content);
    }

    /**
     * Reads a part of the content.
     *
     * @param from the position of the first byte in the object
     * @return false if the file is damaged or belongs to another piece
     */
    boolean read(Path file, long from, int length, byte[] into, int at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int tableLength = table(piece.length());
            if (channel.size() != length(piece.length())) {
                return false;
            }
            ByteBuffer table = ByteBuffer.allocate(tableLength);
            if (!fill(table, channel, 0)
                    || !table.slice(0, HEAD).equals(ByteBuffer.wrap(head))
                    || table.getInt(tableLength - Integer.BYTES)
                            != checksum(table.array(), 0, tableLength - Integer.BYTES)) {
                return false;
            }
            int first = (int) (from - piece.offset());
            byte[] scratch = new byte[0];
            for (int block = first / BLOCK; block * (long) BLOCK < first + (long) length; block++) {
                int begin = block * BLOCK;
                int blockLength = Math.min(BLOCK, piece.length() - begin);
                boolean all = begin >= first && begin + blockLength <= first + length;
                scratch = all || scratch.length > 0 ? scratch : new byte[BLOCK];
                byte[] target = all ? into : scratch;
                int targetAt = all ? at + begin - first : 0;
                if (!fill(ByteBuffer.wrap(target, targetAt, blockLength), channel, tableLength + (long) begin)
                        || checksum(target, targetAt, blockLength) != table.getInt(HEAD + Integer.BYTES * block)) {
                    return false;
                }
                if (!all) {
                    int skipped = Math.max(0, first - begin);
                    int wanted = Math.min(begin + blockLength, first + length) - begin - skipped;
                    System.arraycopy(scratch, skipped, into, at + begin + skipped - first, wanted);
                }
            }
            return true;
        }
    }

    private static int table(int contentLength) {
        int blocks = (int) (((long) contentLength + BLOCK - 1) / BLOCK);
        return HEAD + Integer.BYTES * (blocks + 1);
    }

    /** Writes block by block, because Java copies through a native buffer as large as the given array. */
    private static void writeAll(WritableByteChannel file, byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; at += BLOCK) {
            ByteBuffer block = ByteBuffer.wrap(bytes, at, Math.min(BLOCK, bytes.length - at));
            while (block.hasRemaining()) {
                file.write(block);
            }
        }
    }

    private static boolean fill(ByteBuffer target, FileChannel channel, long position) throws IOException {
        int start = target.position();
        while (target.hasRemaining()) {
            if (channel.read(target, position + target.position() - start) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }
}
