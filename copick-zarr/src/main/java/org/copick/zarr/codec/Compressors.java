package org.copick.zarr.codec;

import io.airlift.compress.bzip2.BZip2HadoopStreams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import net.jpountz.lz4.LZ4Exception;

/** The general compressors, used as codecs and for the streams of a Blosc chunk. */
enum Compressors implements Codec {
    ZSTD {
        @Override
        public byte[] encode(Slice bytes) {
            return ZstdEngine.fastest().compress(bytes);
        }

        @Override
        public int decode(Slice packed, byte[] into, int at, int room) throws CodecException {
            return ZstdEngine.fastest().decompress(packed, into, at, room);
        }
    },
    ZLIB {
        @Override
        public byte[] encode(Slice bytes) {
            return streamed(bytes, DeflaterOutputStream::new);
        }

        @Override
        public int decode(Slice packed, byte[] into, int at, int room) throws CodecException {
            Inflater inflater = new Inflater();
            try {
                inflater.setInput(packed.bytes(), packed.from(), packed.length());
                int size = 0;
                while (size < room && !inflater.finished()) {
                    int more = inflater.inflate(into, at + size, room - size);
                    if (more == 0 && !inflater.finished()) {
                        throw new CodecException("zlib: the stream ends after " + size + " bytes");
                    }
                    size += more;
                }
                if (!inflater.finished() && inflater.inflate(new byte[1]) > 0) {
                    throw new CodecException("zlib: it decodes to more than " + room + " bytes");
                }
                if (!inflater.finished()) {
                    throw new CodecException("zlib: the stream is cut off");
                }
                return size;
            } catch (DataFormatException e) {
                throw new CodecException("zlib: " + e.getMessage(), e);
            } finally {
                inflater.end();
            }
        }
    },
    GZIP {
        @Override
        public byte[] encode(Slice bytes) {
            return streamed(bytes, GZIPOutputStream::new);
        }

        @Override
        public int decode(Slice packed, byte[] into, int at, int room) throws CodecException {
            return stream("gzip", packed, into, at, room, in -> new GZIPInputStream(in, 8192));
        }
    },
    BZ2 {
        @Override
        public byte[] encode(Slice bytes) {
            Aircompressor.access();
            return streamed(bytes, new BZip2HadoopStreams()::createOutputStream);
        }

        @Override
        public int decode(Slice packed, byte[] into, int at, int room) throws CodecException {
            Aircompressor.access();
            int size = 0;
            int from = 0;
            while (from < packed.length()) {
                int next = Bz2Streams.next(packed, from);
                Slice one = packed.part(from, next - from);
                size += stream("bz2", one, into, at + size, room - size, new BZip2HadoopStreams()::createInputStream);
                from = next;
            }
            return size;
        }
    },
    /** Lz4 as numcodecs writes it: the length before the block. */
    LZ4 {
        @Override
        public byte[] encode(Slice bytes) {
            byte[] block = LZ4_BLOCK.encode(bytes);
            ByteBuffer out = ByteBuffer.allocate(4 + block.length).order(ByteOrder.LITTLE_ENDIAN);
            return out.putInt(bytes.length()).put(block).array();
        }

        @Override
        public int decode(Slice packed, byte[] into, int at, int room) throws CodecException {
            int length = packed.length() < 4
                    ? -1
                    : packed.buffer(ByteOrder.LITTLE_ENDIAN).getInt(0);
            if (length < 0 || length > room) {
                throw new CodecException("lz4: its header declares " + Integer.toUnsignedString(length)
                        + " bytes, there is room for " + room);
            }
            int size = LZ4_BLOCK.decode(packed.part(4, packed.length() - 4), into, at, length);
            if (size != length) {
                throw new CodecException("lz4: it decodes to " + size + " bytes, not " + length);
            }
            return size;
        }
    },
    LZ4_BLOCK {
        @Override
        public byte[] encode(Slice bytes) {
            return Lz4Engine.fastest().compressor().compress(bytes.bytes(), bytes.from(), bytes.length());
        }

        @Override
        public int decode(Slice packed, byte[] into, int at, int room) throws CodecException {
            try {
                return Lz4Engine.fastest()
                        .decompressor()
                        .decompress(packed.bytes(), packed.from(), packed.length(), into, at, room);
            } catch (LZ4Exception e) {
                throw new CodecException("lz4: " + e.getMessage(), e);
            }
        }
    };

    /** Creates a stream that packs the bytes written to it. */
    @FunctionalInterface
    private interface Packing {
        OutputStream of(OutputStream packed) throws IOException;
    }

    private static byte[] streamed(Slice bytes, Packing packing) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = packing.of(packed)) {
            out.write(bytes.bytes(), bytes.from(), bytes.length());
        } catch (IOException e) {
            throw new IllegalStateException("cannot write to memory", e);
        }
        return packed.toByteArray();
    }

    /** Creates a stream of unpacked bytes. */
    @FunctionalInterface
    private interface Unpacking {
        InputStream of(InputStream packed) throws IOException;
    }

    private static int stream(String name, Slice packed, byte[] into, int at, int room, Unpacking unpacking)
            throws CodecException {
        try (InputStream in = unpacking.of(new ByteArrayInputStream(packed.bytes(), packed.from(), packed.length()))) {
            int size = in.readNBytes(into, at, room);
            if (size == room && in.read() >= 0) {
                throw new CodecException(name + ": it decodes to more than " + room + " bytes");
            }
            return size;
        } catch (EOFException e) {
            throw new CodecException(name + ": the stream is cut off", e);
        } catch (IndexOutOfBoundsException e) {
            // damaged data let the bz2 decoder index outside its tables
            throw new CodecException(name + ": the stream is damaged", e);
        } catch (IOException e) {
            throw new CodecException(name + ": " + e.getMessage(), e);
        }
    }
}
