package org.copick.portal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.config.ProjectConfig;
import org.copick.error.CorruptDataException;
import org.copick.zarr.ImageFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that images of other forms than the portal's usual one are found, too. */
final class PortalImageStoreTest {
    private static final float[] VALUES = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final String IMAGE = "10501/TS_001/Reconstructions/VoxelSpacing10.000/Tomograms/100/TS_001.zarr";

    @TempDir
    Path folder;

    /** Replaces the image of a tomogram by one that copick writes, and passes on what is read then. */
    private void reads(ImageFormat format, Consumer<Path> change, Consumer<Tomogram> check) throws IOException {
        Path image = folder.resolve("bucket").resolve(IMAGE);
        Files.createDirectories(image.getParent());
        Path written = write(format);
        Files.move(written, image);
        change.accept(image);
        try (PortalServer server = new PortalServer();
                PortalProject project = PortalProject.main(server, folder.resolve("mine"), this::bucket)) {
            check.accept(project.root.run("20001").voxelSpacing(10).tomogram("wbp-raw"));
        }
    }

    private void bucket(ObjectNode config) {
        config.put("portal_bucket_root", folder.resolve("bucket").toString());
    }

    private Path write(ImageFormat format) {
        String config = "{\"pickable_objects\": [], \"overlay_root\": \"" + folder.resolve("other") + "\"}";
        try (CopickContext context = CopickContext.builder().build();
                Root root = context.open(ProjectConfig.parse(config, "test"))) {
            root.newRun("a")
                    .newVoxelSpacing(10)
                    .newTomogram(
                            "wbp",
                            VolumeData.of(VALUES, 2, 2, 2),
                            VolumeOptions.defaults().format(format).levels(1));
        }
        return folder.resolve("other/ExperimentRuns/a/VoxelSpacing10.000/wbp.zarr");
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertValues(Tomogram tomogram) {
        assertArrayEquals(VALUES, tomogram.volume().level(0).readFloats());
    }

    @Test
    void version2() throws IOException {
        reads(ImageFormat.VERSION_2, image -> {}, PortalImageStoreTest::assertValues);
    }

    @Test
    void version3() throws IOException {
        reads(ImageFormat.VERSION_3, image -> {}, tomogram -> {
            assertValues(tomogram);
            assertEquals(3, tomogram.volume().zarrFormat().orElseThrow());
        });
    }

    @Test
    void withoutTheDocumentOfTheGroup() throws IOException {
        reads(ImageFormat.VERSION_2, image -> delete(image.resolve(".zgroup")), PortalImageStoreTest::assertValues);
    }

    @Test
    void withoutAttributes() throws IOException {
        // only the original store can tell this group from a missing one
        reads(
                ImageFormat.VERSION_2,
                image -> delete(image.resolve(".zattrs")),
                tomogram -> assertEquals(2, tomogram.volume().zarrFormat().orElseThrow()));
    }

    @Test
    void missingImagesAreMissing() throws IOException {
        reads(
                ImageFormat.VERSION_2,
                image -> {
                    try (Stream<Path> files = Files.walk(image)) {
                        List<Path> all = files.sorted((a, b) -> b.compareTo(a)).toList();
                        all.forEach(PortalImageStoreTest::delete);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                tomogram -> assertEquals(List.of(), tomogram.volume().levels()));
    }

    @Test
    void damagedAttributesAreReported() throws IOException {
        reads(
                ImageFormat.VERSION_2,
                image -> {
                    try {
                        Files.writeString(image.resolve(".zattrs"), "[]");
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                tomogram -> assertThrows(
                        CorruptDataException.class, () -> tomogram.volume().level(0)));
    }
}
