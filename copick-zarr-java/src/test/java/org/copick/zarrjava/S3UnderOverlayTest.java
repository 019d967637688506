package org.copick.zarrjava;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.copick.Copick;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.Tomogram;
import org.copick.VolumeEntity;
import org.copick.VoxelSpacing;
import org.copick.config.ProjectConfig;
import org.copick.error.ReadOnlyException;
import org.copick.s3.server.S3ProxyServer;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProviders;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.Region;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** Reads projects that Python wrote through zarr-java, from a bucket below an overlay on disk. */
final class S3UnderOverlayTest {
    private static final long SEED = 3;
    /** Elements of a chunk of 4 MiB of float32. */
    private static final long LARGE = 1 << 20;

    @TempDir
    private Path folder;

    private final S3ProxyServer server = S3ProxyServer.running();
    private final Map<String, Object> options = Map.of(
            "endpoint_url",
            server.endpoint().toString(),
            "key",
            S3ProxyServer.KEY,
            "secret",
            S3ProxyServer.SECRET,
            "client_kwargs",
            Map.of("region_name", "us-east-1"));

    @ParameterizedTest
    @CsvSource({"v1,27,23", "v2,27,9"})
    void everyLevelIsEqual(String corpus, int expected, int expectedStored) throws Exception {
        String bucket = "bridge-" + corpus;
        fill(bucket, corpus);
        Random random = new Random(SEED);
        int levels = 0;
        int stored = 0;
        try (Root root = open("s3://" + bucket + "/static")) {
            for (GoldenArray golden : arrays(root)) {
                Region all = Region.all(golden.array().shape());
                levels++;
                assertEqual(golden, golden.plain(), all, random.nextBoolean());
                if (Limits.of(golden.metadata()).isEmpty() && !Limits.coversShard(golden, all)) {
                    stored++;
                    assertEqual(golden, golden.stored(), all, random.nextBoolean());
                }
                assertRegion(golden, random);
                assertThrows(
                        ReadOnlyException.class,
                        () -> golden.stored().store().set(new String[] {"0", "new"}, ByteBuffer.allocate(1)));
            }
        }
        assertEquals(Arrays.asList(expected, expectedStored), Arrays.asList(levels, stored));
    }

    /** Reads a region, unless zarr-java has to fill and copy a large chunk again. */
    private static void assertRegion(GoldenArray golden, Random random) throws Exception {
        long[] chunk = golden.array().chunkShape();
        long[] outer = golden.array().shardShape().orElse(chunk);
        Region region = Elements.region(random, golden.array().shape(), chunk, outer);
        boolean parallel = random.nextBoolean();
        if (Limits.of(golden.metadata()).isEmpty()
                && !Limits.coversShard(golden, region)
                && Region.all(outer).size() < LARGE) {
            assertEqual(golden, golden.stored(), region, parallel);
        }
    }

    private static void assertEqual(GoldenArray golden, GoldenArray.Place place, Region region, boolean parallel)
            throws Exception {
        assertArrayEquals(
                Elements.ours(golden.array(), region, place.equals(golden.plain())),
                Elements.theirs(place.open(), region, parallel),
                () -> golden + ", " + region + ", seed " + SEED);
    }

    private static List<GoldenArray> arrays(Root root) throws Exception {
        List<GoldenArray> arrays = new ArrayList<>();
        for (Run run : root.runs()) {
            List<VolumeEntity> volumes = new ArrayList<>();
            for (VoxelSpacing spacing : run.voxelSpacings()) {
                for (Tomogram tomogram : spacing.tomograms()) {
                    volumes.add(tomogram);
                    volumes.addAll(tomogram.features());
                }
            }
            for (Segmentation segmentation : run.segmentations()) {
                volumes.add(segmentation);
            }
            for (VolumeEntity volume : volumes) {
                arrays.addAll(GoldenArray.of(volume.toString(), volume.volume()));
            }
        }
        return arrays;
    }

    private Root open(String shared) throws Exception {
        Map<String, Object> config = Map.of(
                "name",
                "bridge",
                "overlay_root",
                folder.resolve("overlay").toString(),
                "static_root",
                shared,
                "static_fs_args",
                options,
                "pickable_objects",
                List.of());
        return Copick.open(ProjectConfig.parse(new ObjectMapper().writeValueAsString(config), "test"));
    }

    /** Puts the read-only layer of a corpus into a new bucket. */
    private void fill(String bucket, String corpus) throws Exception {
        try (S3Client client = S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(software.amazon.awssdk.regions.Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(S3ProxyServer.KEY, S3ProxyServer.SECRET)))
                .build()) {
            client.createBucket(request -> request.bucket(bucket));
        }
        try (InputStream archive = Objects.requireNonNull(
                        S3UnderOverlayTest.class.getResourceAsStream("/golden/" + corpus + ".zip"));
                ObjectStore target = StorageProviders.open("s3://" + bucket, options)) {
            MemoryStore source = MemoryStore.fromZip(archive);
            source.forEach(
                    "static/",
                    object -> target.write(
                            object.key(),
                            source.read(object.key()).orElseThrow().bytes(),
                            WriteCondition.ANY));
        }
    }
}
