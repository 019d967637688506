package org.copick.zarr.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** The general compressors, as codecs and for the streams inside a Blosc chunk. */
final class Compressors {
    static final Codec ZSTD = (packed, length) -> {
        byte[] bytes = new byte[length];
        zstd(packed, 0, packed.length, bytes, 0, length);
        return bytes;
    };
    static final Codec ZLIB = (packed, length) -> {
        byte[] bytes = new byte[length];
        zlib(packed, 0, packed.length, bytes, 0, length);
        return bytes;
    };
    static final Codec GZIP = Compressors::gzip;
    /** numcodecs puts the length before the block. */
    static final Codec LZ4 = (packed, length) -> {
        if (packed.length < 4
                || ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).getInt() != length) {
            throw new CodecException("its lz4 header does not give the expected length");
        }
        byte[] bytes = new byte[length];
        lz4(packed, 4, packed.length - 4, bytes, 0, length);
        return bytes;
    };

    private Compressors() {}

    static void zstd(byte[] from, int at, int count, byte[] into, int to, int length) throws CodecException {
        try {
            requireLength("zstd", Zstd.decompressByteArray(into, to, length, from, at, count), length);
        } catch (ZstdException e) {
            throw new CodecException("zstd: " + e.getMessage(), e);
        }
    }

    static void lz4(byte[] from, int at, int count, byte[] into, int to, int length) throws CodecException {
        try {
            requireLength("lz4", Lz4.DECOMPRESSOR.decompress(from, at, count, into, to, length), length);
        } catch (LZ4Exception e) {
            throw new CodecException("lz4: " + e.getMessage(), e);
        }
    }

    static void zlib(byte[] from, int at, int count, byte[] into, int to, int length) throws CodecException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(from, at, count);
            int size = 0;
            while (size < length && !inflater.finished()) {
                int more = inflater.inflate(into, to + size, length - size);
                if (more == 0 && !inflater.finished()) {
                    throw new CodecException("zlib: the stream ends after " + size + " bytes");
                }
                size += more;
            }
            requireLength("zlib", size, length);
            if (!inflater.finished() && inflater.inflate(new byte[1]) > 0) {
                throw new CodecException("zlib: more than " + length + " bytes come out");
            }
            if (!inflater.finished()) {
                throw new CodecException("zlib: the stream is cut off");
            }
        } catch (DataFormatException e) {
            throw new CodecException("zlib: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }

    private static byte[] gzip(byte[] packed, int length) throws CodecException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] bytes = new byte[length];
            requireLength("gzip", in.readNBytes(bytes, 0, length), length);
            if (in.read() >= 0) {
                throw new CodecException("gzip: more than " + length + " bytes come out");
            }
            return bytes;
        } catch (IOException e) {
            throw new CodecException("gzip: " + e.getMessage(), e);
        }
    }

    private static void requireLength(String codec, long size, int length) throws CodecException {
        if (size != length) {
            throw new CodecException(codec + ": " + size + " bytes come out, not " + length);
        }
    }

    /** Loads native code, so only when the first lz4 stream is met. */
    private static final class Lz4 {
        static final LZ4SafeDecompressor DECOMPRESSOR =
                LZ4Factory.fastestInstance().safeDecompressor();
    }
}
