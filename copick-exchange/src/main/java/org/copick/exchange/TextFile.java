package org.copick.exchange;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.copick.error.CorruptDataException;

/** The characters of a UTF-8 file, or a UTF-16 one with a byte order mark, one after the other, with a count of lines. */
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
        try {
            BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(file));
            TextFile text = new TextFile(
                    file, new InputStreamReader(bytes, charset(bytes).newDecoder()));
            if (text.peek() == BYTE_ORDER_MARK) {
                text.position++;
            }
            return text;
        } catch (IOException e) {
            throw Failures.of("read", file, e);
        }
    }

    /** Spreadsheets write "Unicode text" as UTF-16 with a byte order mark, which no UTF-8 text begins with. */
    private static Charset charset(BufferedInputStream bytes) throws IOException {
        bytes.mark(2);
        int first = bytes.read();
        int second = bytes.read();
        bytes.reset();
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
        } catch (CharacterCodingException e) {
            throw notText(e);
        } catch (IOException e) {
            throw Failures.of("read", file, e);
        }
        return new String(buffer, 0, limit);
    }

    private CorruptDataException notText(CharacterCodingException e) {
        return new CorruptDataException(file + ", after line " + line + ": this is no UTF-8 text", e);
    }

    /** The line of the next character, from 1. */
    long line() {
        return line;
    }

    /** The next character or {@link #END}, without going on. */
    int peek() {
        if (position == limit) {
            try {
                position = 0;
                limit = Math.max(0, reader.read(buffer));
            } catch (CharacterCodingException e) {
                throw notText(e);
            } catch (IOException e) {
                throw Failures.of("read", file, e);
            }
        }
        return limit == 0 ? END : buffer[position];
    }

    /** The next character or {@link #END}; ends of lines of any kind are one {@code '\n'}. */
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
            throw Failures.of("read", file, e);
        }
    }
}
