package org.copick.zarr.codec;

import java.util.Arrays;

/** A Blosc container as one step of packing. */
final class Blosc implements Codec {
    private final int elementBytes;

    /**
     * Packs elements of this many bytes; how they were packed before, containers say themselves.
     */
    Blosc(int elementBytes) {
        this.elementBytes = elementBytes;
    }

    @Override
    public byte[] encode(Slice bytes) {
        byte[] elements = Arrays.copyOfRange(bytes.bytes(), bytes.from(), bytes.from() + bytes.length());
        return BloscPacker.pack(elements, elementBytes);
    }

    @Override
    public int decode(Slice packed, byte[] into, int at, int room) throws CodecException {
        BloscBlocks blocks = BloscBlocks.parse(packed, packed.length());
        if (blocks.length() > room) {
            throw new CodecException("blosc: it claims to hold " + blocks.length() + " bytes, more than " + room);
        }
        for (int block = 0; block < blocks.count(); block++) {
            int begin = blocks.offset(block);
            Slice streams = packed.part(begin, blocks.end(block) - begin);
            blocks.decode(block, streams, into, at + block * blocks.blockLength());
        }
        return blocks.length();
    }
}
