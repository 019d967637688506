package org.copick.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.copick.entity.VoxelSize;
import org.copick.error.InvalidNameException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VoxelSizeTest {
    @ParameterizedTest
    @CsvSource({
        "1.0005,1.000",
        "1.0025,1.002",
        "7.8405,7.840",
        "13.4805,13.480",
        "2.0005,2.001",
        "8.0005,8.001",
        "1.0015,1.002",
        "0.0005,0.001",
        "10,10.000",
        "7.84049,7.840",
        "13.48,13.480",
        "100000,100000.000"
    })
    @Tag("statement-22")
    void textIsThatOfPython(double size, String text) {
        assertEquals(text, new VoxelSize(size).text());
        assertEquals(Double.parseDouble(text), new VoxelSize(size).angstrom());
    }

    @Test
    void equalAfterRoundingIsEqual() {
        assertEquals(new VoxelSize(7.84), new VoxelSize(7.84049));
        assertEquals(new VoxelSize(0.0), new VoxelSize(-0.0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e300})
    void impossibleSizesAreRefused(double size) {
        assertThrows(InvalidNameException.class, () -> new VoxelSize(size));
    }
}
