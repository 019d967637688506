package org.copick.layout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.copick.storage.ObjectInfo;

/** Writes an index in its stored form, one entry after the other. */
final class IndexWriter {
    private static final JsonFactory JSON = new JsonFactory();
    /** Bytes in a part, so that a store gets few of them. */
    private static final int PART = 1 << 20;

    private IndexWriter() {}

    static void write(RootIndex index, OutputStream out) throws IOException {
        BufferedOutputStream parts = new BufferedOutputStream(out, PART);
        // this stream writes no time and no name, so equal entries give equal bytes
        GZIPOutputStream zipped = new GZIPOutputStream(parts, 1 << 16);
        try (JsonGenerator json = JSON.createGenerator(zipped)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeNumberField(IndexReader.VERSION_FIELD, IndexReader.VERSION);
            json.writeStringField(IndexReader.CREATED, index.created().toString());
            json.writeStringField("created_by", "copick for Java");
            if (index.source().isPresent()) {
                json.writeStringField(IndexReader.SOURCE, index.source().get());
            }
            json.writeArrayFieldStart(IndexReader.ENTRIES);
            KeyTable.Cursor cursor = index.table().from("");
            for (IndexEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
                json.writeRaw('\n');
                write(entry, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        zipped.finish();
        parts.flush();
    }

    private static void write(IndexEntry entry, JsonGenerator json) throws IOException {
        json.writeStartArray();
        json.writeString(entry.name());
        if (entry instanceof IndexEntry.Listed listed) {
            ObjectInfo info = listed.info();
            json.writeNumber(info.size());
            json.writeString(info.version().value());
        } else if (entry instanceof IndexEntry.Counted counted) {
            json.writeNumber(counted.objects());
            json.writeNumber(counted.bytes());
        }
        json.writeEndArray();
    }
}
