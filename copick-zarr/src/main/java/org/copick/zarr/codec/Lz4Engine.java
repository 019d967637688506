package org.copick.zarr.codec;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.jspecify.annotations.Nullable;

/** Packs and unpacks lz4 blocks with native code, or with Java code if native code cannot be loaded. */
record Lz4Engine(LZ4Compressor compressor, LZ4SafeDecompressor decompressor) {
    private static volatile @Nullable Lz4Engine fastest;

    /** Returns the fastest engine available; the first call loads native code. */
    static Lz4Engine fastest() {
        Lz4Engine known = fastest;
        return known != null ? known : find();
    }

    private static synchronized Lz4Engine find() {
        Lz4Engine known = fastest;
        if (known == null) {
            LZ4Factory factory = NativeCode.lz4();
            known = new Lz4Engine(factory.fastCompressor(), factory.safeDecompressor());
            fastest = known;
        }
        return known;
    }
}
