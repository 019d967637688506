package org.copick.zarr.codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A process that packs and unpacks with the codecs that have native code, and prints the engine in use. */
final class CodecProcess {
    private CodecProcess() {}

    /**
     * Prints {@code ok} and the engine. With the argument {@code wait}, the process then waits to be killed; with
     * {@code unpack}, it waits while it unpacks.
     */
    public static void main(String[] arguments) throws CodecException, IOException {
        if (arguments[0].equals("unpack")) {
            try (UnpackFolder folder = UnpackFolder.in(Path.of(System.getProperty("java.io.tmpdir")))) {
                Files.createFile(folder.path().resolve("libzstd-jni-1.so"));
                System.out.println("unpacking");
                int unused = System.in.read();
            }
        }
        byte[] plain = new byte[200_000];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) (i / 100 * i % 7);
        }
        for (Codec codec : List.of(Compressors.ZSTD, Compressors.LZ4, new Blosc(4))) {
            byte[] packed = codec.encode(Slice.of(plain));
            byte[] unpacked = new byte[plain.length];
            int size = codec.decode(Slice.of(packed), unpacked, 0, unpacked.length);
            if (size != plain.length || !Arrays.equals(plain, unpacked) || packed.length > plain.length / 2) {
                throw new IllegalStateException(
                        codec + " of " + packed.length + " bytes gives others than were packed");
            }
        }
        byte[] inner = new InnerChunkPacker(4, true).pack(plain);
        byte[] out = new byte[plain.length];
        CodecChain chain = new CodecChain(List.of(new Shuffle(4), Compressors.ZSTD), "");
        if (inner == null
                || !Arrays.equals(
                        plain,
                        chain.decode(Slice.of(inner), length -> out, out.length).bytes())) {
            throw new IllegalStateException("an inner chunk of a shard gives others than were packed");
        }
        String lz4 = Lz4Engine.fastest().compressor().toString();
        boolean agrees = lz4.contains("JNI") == (ZstdEngine.fastest() == ZstdEngine.NATIVE);
        System.out.println(agrees ? "ok " + ZstdEngine.fastest() : ZstdEngine.fastest() + " beside " + lz4);
        if (arguments[0].equals("wait")) {
            int unused = System.in.read();
        }
    }
}
