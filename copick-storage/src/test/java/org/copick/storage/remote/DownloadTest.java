package org.copick.storage.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.copick.error.StorageException;
import org.copick.storage.ByteRange;
import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DownloadTest {
    private static Download ofTenBytes(@Nullable String contentRange) {
        ByteArrayInputStream body = new ByteArrayInputStream(new byte[10]);
        return new Download("s3://bucket/x", 10L, contentRange, new Version("1"), body, () -> {});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes 0-9",
                "bytes 0-9/*",
                "items 0-9/100",
                "bytes 0-9/99999999999999999999",
                "bytes 0-99999999999999999999/100",
                "bytes -9/100"
            })
    void anInvalidContentRangeIsNotTheWholeObject(String contentRange) {
        for (ByteRange range : new ByteRange[] {null, ByteRange.of(0, 10)}) {
            StorageException e = assertThrows(
                    StorageException.class, () -> ofTenBytes(contentRange).part("x", range));
            assertTrue(String.valueOf(e.getMessage()).contains("s3://bucket/x"), e.getMessage());
        }
    }

    @Test
    void theEndOfAnEmptyObjectIsEmpty() throws IOException {
        ByteArrayInputStream body = new ByteArrayInputStream(new byte[0]);
        Download download = new Download("s3://bucket/x", 0L, "bytes 0--1/0", new Version("1"), body, () -> {});
        assertEquals(0, download.part("x", ByteRange.last(5)).bytes().length);
        assertThrows(StorageException.class, () -> ofTenBytes("bytes 0--1/0").part("x", ByteRange.last(5)));
    }

    @Test
    void aPartStatesTheSizeOfTheWhole() throws IOException {
        Part part = ofTenBytes("bytes 20-29/100").part("x", ByteRange.of(20, 10));
        assertEquals(100, part.info().size());
        assertEquals(10, ofTenBytes(null).part("x", null).info().size());
        assertEquals(3, ofTenBytes(null).part("x", ByteRange.of(2, 3)).bytes().length);
    }
}
