package org.copick.zarr.codec;

/** A Blosc container as one step of packing. */
final class Blosc implements Codec {
    static final Blosc INSTANCE = new Blosc();

    private Blosc() {}

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
