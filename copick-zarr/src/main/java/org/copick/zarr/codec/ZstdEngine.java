package org.copick.zarr.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Packs and unpacks zstd with native code, or with Java code at half the speed if native code cannot be loaded. */
enum ZstdEngine {
    NATIVE {
        @Override
        byte[] compress(Slice plain) {
            byte[] room = Scratch.PACKED.ofLength(Math.toIntExact(Zstd.compressBound(plain.length())));
            long size = Zstd.compressByteArray(
                    room, 0, room.length, plain.bytes(), plain.from(), plain.length(), JAVAS_LEVEL);
            return Arrays.copyOf(room, Math.toIntExact(size));
        }

        @Override
        int decompress(Slice packed, byte[] into, int at, int room) throws CodecException {
            try {
                return (int) Zstd.decompressByteArray(into, at, room, packed.bytes(), packed.from(), packed.length());
            } catch (ZstdException e) {
                throw new CodecException("zstd: " + e.getMessage(), e);
            }
        }
    },
    /** Java code. It supports no skippable frames, and in frames without a length no windows of more than 8 MiB. */
    JAVA {
        @Override
        byte[] compress(Slice plain) {
            Aircompressor.access();
            ZstdCompressor compressor = new ZstdCompressor();
            byte[] room = Scratch.PACKED.ofLength(compressor.maxCompressedLength(plain.length()));
            int size = compressor.compress(plain.bytes(), plain.from(), plain.length(), room, 0, room.length);
            return Arrays.copyOf(room, size);
        }

        @Override
        int decompress(Slice packed, byte[] into, int at, int room) throws CodecException {
            Aircompressor.access();
            try {
                // a decompressor is not thread-safe
                return new ZstdDecompressor()
                        .decompress(packed.bytes(), packed.from(), packed.length(), into, at, room);
            } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new CodecException(
                        "zstd: " + e.getMessage()
                                + " (decoded by Java, which can do less than native code; to load that, set"
                                + " -Djava.io.tmpdir to a folder with free space that is not mounted noexec)",
                        e);
            }
        }
    };

    /** Compression level, the only one that {@link #JAVA} supports; also zstd's default. */
    private static final int JAVAS_LEVEL = 3;

    private static volatile @Nullable ZstdEngine fastest;

    /** Packs bytes into one frame. */
    abstract byte[] compress(Slice plain);

    /** Unpacks all frames, at most {@code room} bytes in total, and returns the number of unpacked bytes. */
    abstract int decompress(Slice packed, byte[] into, int at, int room) throws CodecException;

    /** Returns the fastest engine available; the first call loads native code. */
    static ZstdEngine fastest() {
        ZstdEngine known = fastest;
        // not a holder class, because one whose initializer runs out of memory stays unusable
        return known != null ? known : find();
    }

    private static synchronized ZstdEngine find() {
        ZstdEngine known = fastest;
        if (known == null) {
            known = NativeCode.loadZstd() ? NATIVE : JAVA;
            fastest = known;
        }
        return known;
    }
}
