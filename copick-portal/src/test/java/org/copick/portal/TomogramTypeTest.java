package org.copick.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the names of tomogram types, with the examples of Python copick. */
final class TomogramTypeTest {
    @ParameterizedTest
    @CsvSource({
        "WBP, raw, , false, wbp-raw",
        "WBP, raw, '', false, wbp-raw",
        "WBP, denoised, cryoCARE, true, wbp-denoised-cryocare-ctfdeconv",
        "SIRT, filtered, IMOD 4.11_beta-2, false, sirt-filtered-imod4.11Beta2",
        "Fourier_Space, filtered_even, , false, fourierSpace-filteredEven",
        "Unknown, raw, Warp/M 1.0.9, false, unknown-raw-warp/M1.0.9",
        "SART, raw, straße ßeta, false, sart-raw-straßeSseta",
        "SART, raw, élan VITAL, false, sart-raw-élanVital",
        "SART, raw, ΑΣ ΣΑΣ ΑΣ.Α, false, sart-raw-αςΣαςΑσ.Α",
        "SART, raw, _-, true, sart-raw-ctfdeconv",
        "SART, raw, x2y_3z, false, sart-raw-x2Y3Z",
    })
    void isThatOfPython(String method, String processing, String software, boolean ctfCorrected, String type) {
        assertEquals(type, TomogramType.of(method, processing, software, ctfCorrected));
    }
}
