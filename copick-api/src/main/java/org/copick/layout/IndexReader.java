package org.copick.layout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidNameException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.internal.json.JsonFailure;
import org.copick.storage.KeyOrder;
import org.copick.storage.Keys;
import org.jspecify.annotations.Nullable;

/** Reads the stored form of an index, one entry after the other, and checks everything in it. */
final class IndexReader {
    static final int VERSION = 1;
    static final String VERSION_FIELD = "copick_index";
    static final String CREATED = "created";
    static final String SOURCE = "source";
    static final String ENTRIES = "entries";

    /** Most bytes of text to unpack. A million entries take about 100 MB; a hostile index could be endless. */
    private static final long MOST_TEXT = 4L << 30;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(20)
                    .maxStringLength(16 << 10) // longer than any key of a store or path of a disk
                    .maxNumberLength(20)
                    .maxNameLength(1 << 10)
                    .build())
            .build();

    private final JsonParser json;
    private final KeyTable.Builder table = new KeyTable.Builder(mostBytes());
    private @Nullable Instant created;
    private @Nullable String source;
    private boolean isOurVersion;
    private boolean hasEntries;
    private String last = "";

    private IndexReader(JsonParser json) {
        this.json = json;
    }

    /** Returns the most bytes of an index to hold, stored or unpacked: an eighth of the heap. */
    static long mostBytes() {
        return Math.min(Integer.MAX_VALUE - 16, Runtime.getRuntime().maxMemory() / 8);
    }

    /**
     * Reads an index.
     *
     * @param bytes the stored bytes, or the first ones of an object that is too large
     * @param size the size of the object
     * @param location the place of the object, for messages
     */
    static RootIndex read(byte[] bytes, long size, String location) {
        if (size > bytes.length) {
            throw new UnsupportedFeatureException("cannot read " + location + ": only " + bytes.length + " of " + size
                    + " bytes were read, or it is too large for this heap; give the program a larger heap with -Xmx");
        }
        try (InputStream text = new Bounded(unpacked(bytes));
                JsonParser json = JSON.createParser(text)) {
            return new IndexReader(json).read();
        } catch (JsonProcessingException e) {
            throw corrupt(location, JsonFailure.text(e), e);
        } catch (Invalid | InvalidNameException | DateTimeException e) {
            throw corrupt(location, String.valueOf(e.getMessage()), e);
        } catch (UnsupportedFeatureException e) {
            throw new UnsupportedFeatureException("cannot read " + location + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw corrupt(location, "its gzip data are damaged, or their end is missing (" + e.getMessage() + ")", e);
        }
    }

    /** Returns the text: stores unpack an object that was uploaded with {@code Content-Encoding: gzip}. */
    private static InputStream unpacked(byte[] bytes) throws IOException {
        InputStream stored = new ByteArrayInputStream(bytes);
        boolean isGzip = bytes.length > 1 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
        return isGzip ? new GZIPInputStream(stored, 1 << 16) : stored;
    }

    private static CorruptDataException corrupt(String location, String reason, Exception cause) {
        return new CorruptDataException(
                "cannot read " + location + ": " + reason + "; make the index again with copick index", cause);
    }

    private RootIndex read() throws IOException, Invalid {
        require(json.nextToken() == JsonToken.START_OBJECT, "it is not a JSON object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case VERSION_FIELD -> version();
                case CREATED -> created = Instant.parse(text(CREATED));
                case SOURCE -> source = text(SOURCE);
                case ENTRIES -> entries();
                default -> json.skipChildren();
            }
        }
        require(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null, "it has more than one object");
        require(hasEntries, "it has no " + ENTRIES);
        if (created == null) {
            throw new Invalid("it has no time of creation");
        }
        return new RootIndex(table.build(), created, source);
    }

    private void version() throws IOException, Invalid {
        require(json.currentToken() == JsonToken.VALUE_NUMBER_INT, "its version is not a number");
        long version = json.getLongValue();
        if (version != VERSION) {
            throw new UnsupportedFeatureException("it has version " + version + " of the format, and this copick reads"
                    + " version " + VERSION + "; use a later copick, or make the index again");
        }
        isOurVersion = true;
    }

    private void entries() throws IOException, Invalid {
        require(isOurVersion, "its version does not come before its entries");
        require(!hasEntries && json.currentToken() == JsonToken.START_ARRAY, "its entries are not one list");
        hasEntries = true;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken() == JsonToken.START_ARRAY, "an entry is not a list");
            json.nextToken();
            IndexEntry entry = entry(name());
            table.add(entry);
            last = entry.name();
        }
    }

    private String name() throws IOException, Invalid {
        String name = text("name of an entry");
        requireUnicode(name);
        if (name.endsWith("/")) {
            Keys.checkedPrefix(name);
        } else {
            Keys.checked(name);
        }
        require(RootIndex.covers(name), "the key \"" + name + "\" is in no folder of a root");
        require(
                KeyOrder.BY_CODE_POINT.compare(last, name) < 0,
                "the key \"" + name + "\" comes after \"" + last
                        + "\", and entries must be in order without repetition");
        return name;
    }

    private IndexEntry entry(String name) throws IOException, Invalid {
        boolean isPrefix = name.endsWith("/");
        JsonToken token = json.nextToken();
        if (token == JsonToken.END_ARRAY) {
            require(isPrefix, "the entry of \"" + name + "\" has no size");
            return new IndexEntry.Folder(name);
        }
        long first = number(name);
        token = json.nextToken();
        IndexEntry entry;
        if (isPrefix) {
            require(KeyRange.hierarchyOf(name) != null, "the entry of \"" + name + "\" counts objects of no volume");
            entry = new IndexEntry.Counted(name, first, number(name));
        } else if (token == JsonToken.END_ARRAY) {
            return new IndexEntry.Listed(name, first, "");
        } else {
            String version = text("version of \"" + name + "\"");
            requireUnicode(version);
            entry = new IndexEntry.Listed(name, first, version);
        }
        require(json.nextToken() == JsonToken.END_ARRAY, "the entry of \"" + name + "\" is too long");
        return entry;
    }

    private long number(String name) throws IOException, Invalid {
        require(json.currentToken() == JsonToken.VALUE_NUMBER_INT, "the entry of \"" + name + "\" has no whole number");
        long number = json.getLongValue();
        // sums of sizes must not exceed a long
        require(
                number >= 0 && number <= Long.MAX_VALUE >> 32,
                "the number " + number + " of \"" + name + "\" is absurd");
        return number;
    }

    private String text(String what) throws IOException, Invalid {
        require(json.currentToken() == JsonToken.VALUE_STRING, "the " + what + " is not text");
        return json.getText();
    }

    /** Refuses halves of characters, which cannot be stored as UTF-8. */
    private static void requireUnicode(String text) throws Invalid {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                require(!Character.isSurrogate(c), "a text in it is not Unicode");
            }
        }
    }

    private static void require(boolean holds, String problem) throws Invalid {
        if (!holds) {
            throw new Invalid(problem);
        }
    }

    /** Thrown for an index that violates the format; the message is the reason. */
    private static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        Invalid(String reason) {
            super(reason, null, false, false);
        }
    }

    /** A stream that fails after too many bytes. */
    private static final class Bounded extends FilterInputStream {
        private long left = MOST_TEXT;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            left -= Math.max(count, 0);
            if (left < 0) {
                throw new IOException("more than " + MOST_TEXT + " bytes unpacked");
            }
            return count;
        }
    }
}
