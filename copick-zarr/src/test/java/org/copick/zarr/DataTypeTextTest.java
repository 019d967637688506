package org.copick.zarr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataTypeTextTest {
    @ParameterizedTest
    @CsvSource({
        "INT8,-128,-128",
        "INT64,-1,-1",
        "UINT8,200,200",
        "UINT64,-1,18446744073709551615",
        "UINT64,9223372036854775807,9223372036854775807"
    })
    void onlyUint64IsUnsigned(DataType type, long bits, String text) {
        assertEquals(text, type.text(bits));
    }
}
