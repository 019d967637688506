package org.copick.exchange;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.copick.error.CorruptDataException;

/** The characters of a UTF-8 file, or of a UTF-16 file with a byte order mark, with a count of lines. */
final class TextFile implements AutoCloseable {
    static final int END = -1;

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final Path file;
    private final Reader reader;
    private final char[] buffer = new char[1 << 15];
    private int position;
    private int limit;
    private long line = 1;

    private TextFile(Path file, Reader reader) {
        this.file = file;
        this.reader = reader;
    }

    static TextFile open(Path file) {
        BufferedInputStream bytes = null;
        try {
            bytes = new BufferedInputStream(Files.newInputStream(file));
            requireUnpacked(file, bytes);
            TextFile text = new TextFile(
                    file, new InputStreamReader(bytes, charset(file, bytes).newDecoder()));
            if (text.peek() == BYTE_ORDER_MARK) {
                text.position++;
            }
            bytes = null;
            return text;
        } catch (IOException e) {
            throw FileFailures.of("read", file, e);
        } finally {
            if (bytes != null) {
                close(bytes);
            }
        }
    }

    private static void requireUnpacked(Path file, BufferedInputStream bytes) throws IOException {
        bytes.mark(Compression.BYTES);
        Optional<String> compressed = Compression.of(ByteBuffer.wrap(bytes.readNBytes(Compression.BYTES)));
        if (compressed.isPresent()) {
            throw Compression.refusal(file, compressed.get());
        }
        bytes.reset();
    }

    private static void close(BufferedInputStream bytes) {
        try {
            bytes.close();
        } catch (IOException e) {
            // ignored, because opening the file has already failed
        }
    }

    /** Detects UTF-16 by its byte order mark, with which spreadsheets write "Unicode text" and no UTF-8 text begins. */
    private static Charset charset(Path file, BufferedInputStream bytes) throws IOException {
        bytes.mark(2);
        int first = bytes.read();
        int second = bytes.read();
        bytes.reset();
        if (first == 0 || second == 0) {
            throw unmarked(file);
        }
        boolean marked = (first == 0xff && second == 0xfe) || (first == 0xfe && second == 0xff);
        return marked ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }

    /** Returns the next characters, as many as the buffer holds, without consuming them. */
    String lookAhead() {
        if (peek() == END) {
            return "";
        }
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        try {
            while (limit < buffer.length) {
                int read = reader.read(buffer, limit, buffer.length - limit);
                if (read < 0) {
                    break;
                }
                limit += read;
            }
            checkText();
        } catch (CharacterCodingException e) {
            throw notText(e);
        } catch (IOException e) {
            throw FileFailures.of("read", file, e);
        }
        return new String(buffer, 0, limit);
    }

    private CorruptDataException notText(CharacterCodingException e) {
        return new CorruptDataException(
                file + ", after line " + line + ": this is not UTF-8 text; save it as UTF-8", e);
    }

    /** Refuses NUL characters. Latin text in UTF-16 has one beside each character; no table has any. */
    private void checkText() {
        for (int i = position; i < limit; i++) {
            if (buffer[i] == 0) {
                throw unmarked(file);
            }
        }
    }

    private static CorruptDataException unmarked(Path file) {
        return new CorruptDataException(file + ": there are NUL characters; this looks like UTF-16 without a byte order"
                + " mark; save it as UTF-8");
    }

    /** Returns the line of the next character, counted from 1. */
    long line() {
        return line;
    }

    /** Returns the next character or {@link #END}, without consuming it. */
    int peek() {
        if (position == limit) {
            try {
                position = 0;
                limit = Math.max(0, reader.read(buffer));
                checkText();
            } catch (CharacterCodingException e) {
                throw notText(e);
            } catch (IOException e) {
                throw FileFailures.of("read", file, e);
            }
        }
        return limit == 0 ? END : buffer[position];
    }

    /** Returns the next character or {@link #END}. Line ends of any kind become one {@code '\n'}. */
    int next() {
        int c = peek();
        if (c == END) {
            return END;
        }
        position++;
        if (c == '\r') {
            if (peek() == '\n') {
                position++;
            }
            c = '\n';
        }
        if (c == '\n') {
            line++;
        }
        return c;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw FileFailures.of("read", file, e);
        }
    }
}
