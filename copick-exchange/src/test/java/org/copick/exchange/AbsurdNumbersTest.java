package org.copick.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.copick.error.CopickException;
import org.copick.exchange.RelionPoints.Coordinates;
import org.copick.picks.Point;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers that fit no type of the JVM, in every column of tables: read, or refused with a typed error. */
class AbsurdNumbersTest {
    private static final String CSV_HEADER =
            "run_name,x,y,z,transform_00,transform_01,transform_02,transform_03,transform_10,transform_11,transform_12,"
                    + "transform_13,transform_20,transform_21,transform_22,transform_23,transform_30,transform_31,"
                    + "transform_32,transform_33,score,instance_id";
    private static final String CSV_ROW = "run,1,2,3,1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1,1,7";
    private static final List<String> STAR_COLUMNS = List.of(
            "rlnCoordinateX",
            "rlnCoordinateY",
            "rlnCoordinateZ",
            "rlnCenteredCoordinateXAngst",
            "rlnCenteredCoordinateYAngst",
            "rlnCenteredCoordinateZAngst",
            "rlnOriginXAngst",
            "rlnOriginYAngst",
            "rlnOriginZAngst",
            "rlnAngleRot",
            "rlnAngleTilt",
            "rlnAnglePsi",
            "rlnTomoSubtomogramRot",
            "rlnTomoSubtomogramTilt",
            "rlnTomoSubtomogramPsi",
            "rlnTomoTiltSeriesPixelSize",
            "rlnHelicalTubeID",
            "rlnRandomSubset");

    @TempDir
    private Path folder = Path.of("");

    static List<String> numbers() {
        return List.of(
                "1e99999999999999",
                "-1e99999999999999",
                "1e-99999999999999",
                "1e400",
                "1e308",
                "9223372036854775808",
                "9".repeat(999),
                "-" + "9".repeat(999),
                "9".repeat(100_000),
                "0." + "3".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void tablesOfPicksKeepThemOrAreRefused(String number) throws IOException {
        Path file = folder.resolve("picks.csv");
        String[] cells = CSV_ROW.split(",", -1);
        for (int i = 1; i < cells.length; i++) {
            String[] changed = cells.clone();
            changed[i] = number;
            Files.writeString(file, CSV_HEADER + "\n" + String.join(",", changed) + "\n");
            readOrRefused(CSV_HEADER.split(",", -1)[i], () -> {
                Map<String, List<Point>> read = PicksCsv.read(file);
                Path saved = folder.resolve("saved.csv");
                PicksCsv.write(saved, read);
                assertEquals(read, PicksCsv.read(saved));
            });
        }
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void particlesAreReadOrRefused(String number) throws IOException {
        Path file = folder.resolve("particles.star");
        for (String column : STAR_COLUMNS) {
            StringBuilder header = new StringBuilder("data_particles\n\nloop_\n_rlnTomoName\n");
            StringBuilder row = new StringBuilder("run");
            for (String name : STAR_COLUMNS) {
                header.append('_').append(name).append('\n');
                row.append(' ').append(name.equals(column) ? number : "1");
            }
            Files.writeString(file, header.append(row).append('\n'));
            for (Coordinates coordinates : Coordinates.values()) {
                readOrRefused(
                        column,
                        () -> RelionParticles.points(
                                StarFile.read(file), name -> Relion.RUN, coordinates, OptionalDouble.empty()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void tomogramsAreReadOrRefused(String number) throws IOException {
        Path file = folder.resolve("tomograms.star");
        List<String> columns = List.of(
                "rlnTomoTiltSeriesPixelSize", "rlnTomoTomogramBinning", "rlnTomoSizeX", "rlnTomoSizeY", "rlnTomoSizeZ");
        for (String column : columns) {
            StringBuilder header = new StringBuilder("data_global\n\nloop_\n_rlnTomoName\n");
            StringBuilder row = new StringBuilder("run");
            for (String name : columns) {
                header.append('_').append(name).append('\n');
                row.append(' ').append(name.equals(column) ? number : "4");
            }
            Files.writeString(file, header.append(row).append('\n'));
            readOrRefused(column, () -> RelionTomogram.readAll(StarFile.read(file)));
        }
    }

    private static void readOrRefused(String column, Runnable reading) {
        try {
            reading.run();
        } catch (CopickException e) {
            // refusing the number is allowed
        } catch (RuntimeException | Error e) {
            fail(column, e);
        }
    }
}
