package org.copick.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.RealType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;
import org.copick.Axis;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.VolumeEntity;
import org.copick.VoxelSpacing;
import org.copick.config.ProjectConfig;
import org.copick.imagej.CopickImagePlus;
import org.copick.imglib2.CopickImage;
import org.copick.imglib2.CopickImages;
import org.copick.tests.network.FaultyProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads projects of Python copick through the bridges to other libraries: shared data on S3, the overlay on disk. */
final class S3BridgesTest {
    private static final String TEMPLATE = "copick.template.json";

    private final S3UnderTest place = S3ProxyUnderTest.place();
    private final FaultyProxy proxy = new FaultyProxy(place.endpoint());
    private final CopickContext context = CopickContext.builder().build();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        context.close();
        proxy.close();
        place.remove();
    }

    /** Unpacks a corpus, and puts its shared layer into the bucket. */
    private void fill(String corpus) throws IOException {
        Map<String, byte[]> shared = new HashMap<>();
        try (InputStream archive =
                        Objects.requireNonNull(S3BridgesTest.class.getResourceAsStream("/golden/" + corpus + ".zip"));
                ZipInputStream entries = new ZipInputStream(archive)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (!entry.isDirectory()) {
                    byte[] bytes = entries.readAllBytes();
                    Path file = folder.resolve(entry.getName());
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    Files.write(file, bytes);
                    if (entry.getName().startsWith("static/")) {
                        shared.put(entry.getName(), bytes);
                    }
                }
            }
        }
        place.fill(shared);
    }

    /** Opens the project on disk. */
    private Root onDisk(CopickContext disk) throws IOException {
        return disk.open(ProjectConfig.parse(template(), "of a test"), null);
    }

    /** Opens the project with its shared layer in the bucket. */
    private Root inBucket(CopickContext bucket) throws IOException {
        String arguments = """
                "endpoint_url": "%s", "key": "%s", "secret": "%s", "client_kwargs": {"region_name": "us-east-1"}
                """.formatted(
                proxy.endpoint(), place.options().get("key"), place.options().get("secret"));
        String json = template()
                .replace("local://" + folder + "/static", place.rootUrl() + "/static")
                .replace("\"auto_mkdir\": false", arguments);
        return bucket.open(ProjectConfig.parse(json, "of a test"), null);
    }

    private String template() throws IOException {
        return Files.readString(folder.resolve(TEMPLATE), StandardCharsets.UTF_8)
                .replace("{ROOT}", folder.toString());
    }

    /** Returns the volumes of all layers, also those that others shadow. */
    private static List<VolumeEntity> volumes(Root root) {
        List<VolumeEntity> volumes = new ArrayList<>();
        for (Run run : root.unmerged().runs()) {
            for (VoxelSpacing spacing : run.voxelSpacings()) {
                for (Tomogram tomogram : spacing.tomograms()) {
                    volumes.add(tomogram);
                    volumes.addAll(tomogram.features());
                }
            }
            volumes.addAll(run.segmentations());
        }
        return volumes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void everyBridgeShowsTheVolumesInTheBucketAsThoseOnDisk(String corpus) throws IOException {
        fill(corpus);
        try (Root disk = onDisk(context);
                Root bucket = inBucket(context)) {
            List<VolumeEntity> expected = volumes(disk);
            List<VolumeEntity> volumes = volumes(bucket);
            assertEquals(expected.size(), volumes.size());
            int remote = 0;
            for (int i = 0; i < volumes.size(); i++) {
                VolumeEntity volume = volumes.get(i);
                remote += volume.volume().location().startsWith("s3://") ? 1 : 0;
                for (int level = 0; level < volume.volume().levels().size(); level++) {
                    float[] elements = expected.get(i).level(level).readFloats();
                    assertShows(elements, CopickImagePlus.open(volume, level));
                    assertArrayEquals(
                            elements, elements(CopickImages.open(volume).level(level)), volume::location);
                }
            }
            assertTrue(remote > 10, remote + " volumes are in the bucket");
        }
    }

    private static void assertShows(float[] elements, ImagePlus image) {
        int plane = image.getWidth() * image.getHeight();
        assertEquals(elements.length, image.getStackSize() * plane);
        float[] shown = new float[elements.length];
        for (int channel = 0, at = 0; channel < image.getNChannels(); channel++) {
            for (int z = 0; z < image.getNSlices(); z++) {
                ImageProcessor pixels = image.getStack().getProcessor(image.getStackIndex(channel + 1, z + 1, 1));
                for (int i = 0; i < plane; i++) {
                    shown[at++] = pixels.getf(i);
                }
            }
        }
        assertArrayEquals(elements, shown, image.getTitle());
    }

    private static float[] elements(RandomAccessibleInterval<?> image) {
        float[] elements = new float[(int) Intervals.numElements(image)];
        int at = 0;
        for (Object element : Views.flatIterable(image)) {
            elements[at++] = ((RealType<?>) element).getRealFloat();
        }
        return elements;
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void aSliceCostsTheRequestsOfTheEngine(String corpus) throws IOException {
        fill(corpus);
        List<List<String>> engine = requests(tomogram -> {
            var unused = tomogram.plane(Axis.Z, 0);
            return z -> tomogram.plane(Axis.Z, z);
        });
        assertEquals(
                engine,
                requests(tomogram -> {
                    ImageStack stack = CopickImagePlus.open(tomogram).getStack(); // reads the first plane
                    return z -> stack.getPixels(z + 1);
                }),
                "ImageJ");
        assertEquals(
                engine,
                requests(tomogram -> {
                    CopickImage<?> image = CopickImages.open(tomogram);
                    long[] shape = tomogram.level(0).shape();
                    IntConsumer reader = z -> image.read(0, Intervals.createMinSize(0, 0, z, shape[2], shape[1], 1));
                    reader.accept(0);
                    return reader;
                }),
                "a plane of ImgLib2");
        List<List<String>> pass = requests(tomogram -> {
            Img<?> image = CopickImages.open(tomogram).level(0);
            IntConsumer reader = z -> elements(Views.hyperSlice(image, 2, z));
            reader.accept(0);
            return reader;
        });
        // the first cell of a shard does not know yet that more will follow
        int more = corpus.equals("v1") ? 0 : 2;
        assertEquals(engine.get(0).size() + more, pass.get(0).size(), "a pass over the first plane of ImgLib2");
        assertEquals(engine.get(1), pass.get(1), "a pass over the last plane of ImgLib2");
    }

    /**
     * Returns the requests of the first and of the last plane of a tomogram, which are in different chunks.
     *
     * @param bridge reads the first plane, and returns what reads another one
     */
    private List<List<String>> requests(Function<Tomogram, IntConsumer> bridge) throws IOException {
        // a context of its own, whose cache is empty
        try (CopickContext fresh = CopickContext.builder().build();
                Root bucket = inBucket(fresh)) {
            Tomogram tomogram = bucket.run("TS_002").voxelSpacing(10).tomogram("raw-counts");
            int last = (int) tomogram.level(0).shape()[0] - 1;
            var unused = proxy.exchanges();
            IntConsumer reader = bridge.apply(tomogram);
            List<String> first = requests();
            reader.accept(last);
            List<String> second = requests();
            assertFalse(first.isEmpty());
            assertFalse(second.isEmpty());
            reader.accept(last);
            assertEquals(List.of(), requests(), "planes are cached");
            return List.of(first, second);
        }
    }

    private List<String> requests() {
        return proxy.exchanges().stream()
                .map(done -> done + " " + done.request().header("range"))
                .sorted()
                .toList();
    }
}
