package org.copick.zarr.codec;

import java.util.Arrays;

/** The Blosc codec: packs bytes into a Blosc container. */
final class Blosc implements Codec {
    private final int elementBytes;

    /**
     * Creates a codec that packs elements of this many bytes. When decoding, the container's own element size is used.
     */
    Blosc(int elementBytes) {
        this.elementBytes = elementBytes;
    }

    @Override
    public byte[] encode(Slice bytes) {
        byte[] elements = Arrays.copyOfRange(bytes.bytes(), bytes.from(), bytes.from() + bytes.length());
        // a filter may have narrowed the elements, and a checksum is no element
        return BloscPacker.pack(elements, elements.length % elementBytes == 0 ? elementBytes : 1);
    }

    @Override
    public int decode(Slice packed, byte[] into, int at, int room) throws CodecException {
        BloscBlocks blocks = BloscBlocks.parse(packed, packed.length());
        if (blocks.length() > room) {
            throw new CodecException("blosc: the header declares " + blocks.length() + " bytes, more than " + room);
        }
        for (int block = 0; block < blocks.count(); block++) {
            int begin = blocks.offset(block);
            Slice streams = packed.part(begin, blocks.end(block) - begin);
            blocks.decode(block, streams, into, at + block * blocks.blockLength());
        }
        return blocks.length();
    }
}
