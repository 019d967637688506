package org.copick.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.copick.AnnotationId;
import org.copick.Axis;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.picks.Point;
import org.copick.tests.network.Exchange;
import org.copick.tests.network.FaultyProxy;
import org.copick.zarr.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the cost of user actions: exact requests to the service and to the bucket, and consecutive round trips. */
final class PortalBudgetsTest {
    private static final String TOMOGRAM = "10501/TS_001/Reconstructions/VoxelSpacing10.000/Tomograms/100/TS_001.zarr/";

    private static final String ANNOTATIONS = "10501/TS_001/Reconstructions/VoxelSpacing10.000/Annotations/";

    @TempDir
    Path folder;

    private PortalServer server;
    private BucketServer bucket;
    private FaultyProxy toService;
    private FaultyProxy toBucket;

    @BeforeEach
    void open() throws IOException {
        server = new PortalServer();
        bucket = new BucketServer(PortalProject.resource("bucket"));
        toService = new FaultyProxy(server.address());
        toBucket = new FaultyProxy(bucket.address());
    }

    @AfterEach
    void close() {
        toService.close();
        toBucket.close();
        server.close();
        bucket.close();
    }

    private PortalProject project() throws IOException {
        return PortalProject.main(server, folder, this::overNetwork);
    }

    private void overNetwork(ObjectNode config) {
        config.put("portal_url", toService.endpoint() + "/graphql");
        config.remove("portal_bucket_root");
        config.putObject("portal_fs_args")
                .put("anon", true)
                .put("endpoint_url", toBucket.endpoint().toString());
    }

    /** Returns the keys that were read from the bucket since the last call, sorted. */
    private List<String> read() {
        return keys(toBucket.exchanges());
    }

    private static List<String> keys(List<Exchange> exchanges) {
        return exchanges.stream()
                .map(Exchange::toString)
                .map(each -> each.replace("GET /" + BucketServer.BUCKET + "/", ""))
                .sorted()
                .toList();
    }

    private static List<String> below(String folder, String... keys) {
        return Stream.of(keys).map(key -> folder + key).toList();
    }

    private static Tomogram tomogram(Root root) {
        return root.run("20001").voxelSpacing(10).tomogram("wbp-raw");
    }

    @Test
    void aLevelOfFourChunksIsSixReads() throws IOException {
        try (PortalProject project = project()) {
            Tomogram tomogram = tomogram(project.root);
            List<Exchange> all = toBucket.inRounds(() -> tomogram.plane(Axis.Z, 0), 2, 4);
            assertEquals(6, all.size());
            Tomogram other =
                    project.root.run("20001").voxelSpacing(10).tomograms().get(0);
            other.volume().level(0).shape();
            assertEquals(2, read().size());
            List<Exchange> chunks = toBucket.inRounds(() -> other.plane(Axis.Z, 0), 4);
            assertEquals(4, chunks.size(), chunks.toString());
            assertEquals(1, toService.exchanges().size());
        }
    }

    @Test
    void furtherLevelsAreOneReadForTheMetadata() throws IOException {
        try (PortalProject project = project()) {
            Tomogram tomogram = tomogram(project.root);
            tomogram.plane(Axis.Z, 0);
            read();
            tomogram.volume().level(2).readFloats();
            assertEquals(below(TOMOGRAM, "2/.zarray", "2/0/0/0"), read());
        }
    }

    @Test
    void aMaskOfOneChunkIsThreeReads() throws IOException {
        try (PortalProject project = project()) {
            Segmentation mask = project.root
                    .run("20003")
                    .segmentation(SegmentationId.binary("membrane")
                            .user("data-portal")
                            .session("62015")
                            .at(7.84));
            Region chunk = Region.of(new long[3], new long[] {16, 16, 16});
            List<Exchange> exchanges =
                    toBucket.inRounds(() -> mask.volume().level(0).readLabels(chunk), 2, 1);
            assertEquals(
                    below(
                            "10502/TS_001/Reconstructions/VoxelSpacing7.840/Annotations/100/"
                                    + "membrane-1.0_segmentationmask.zarr/",
                            ".zattrs",
                            "0/.zarray",
                            "0/0/0/0"),
                    keys(exchanges));
            assertEquals(1, toService.exchanges().size());
        }
    }

    @Test
    void aSmallMaskInALargeChunkIsReadByBlocks() throws IOException {
        try (PortalProject project = project()) {
            Segmentation mask = project.root
                    .run("20001")
                    .segmentation(SegmentationId.binary("membrane")
                            .user("data-portal")
                            .session("62005")
                            .at(10));
            // the portal pads chunks to 256³: the offsets of blocks, then the block that holds the array
            List<Exchange> exchanges =
                    toBucket.inRounds(() -> mask.volume().level(0).readFloats(), 2, 1, 1);
            String chunk = ANNOTATIONS + "102/membrane-1.0_segmentationmask.zarr/0/0/0/0";
            assertEquals(List.of(chunk, chunk), keys(exchanges.subList(2, 4)));
            assertEquals(
                    List.of("bytes=0-1043", "bytes=528-5156"),
                    exchanges.subList(2, 4).stream()
                            .map(each -> each.request().header("range"))
                            .toList(),
                    "of 68517 bytes");
        }
    }

    @Test
    void pointsAreOneReadOfEachFile() throws Exception {
        try (PortalProject project = project()) {
            List<Picks> picks = project.root.run("20001").picks().stream()
                    .filter(Picks::readOnly)
                    .toList();
            assertEquals(List.of(), read(), "listing reads nothing");
            assertEquals(1, toService.exchanges().size());
            // the reads of several threads go out together
            List<Exchange> exchanges = toBucket.inRounds(() -> inParallel(picks), picks.size());
            TreeSet<String> files = new TreeSet<>(keys(exchanges));
            assertEquals(4, exchanges.size());
            assertEquals(4, files.size(), files.toString());
            picks.forEach(Picks::points);
            assertEquals(List.of(), read(), "documents are kept");
            assertEquals(List.of(), toService.exchanges());
        }
    }

    private static void inParallel(List<Picks> picks) {
        ExecutorService threads = Executors.newFixedThreadPool(picks.size());
        try {
            List<Future<?>> reads = new ArrayList<>();
            picks.forEach(each -> reads.add(threads.submit(each::points)));
            for (Future<?> read : reads) {
                read.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void ownDataCostNoRequest() throws IOException {
        try (PortalProject project = project()) {
            Root root = project.root;
            List<Run> runs = root.runs();
            assertEquals(1, toService.exchanges().size());
            Run run = runs.get(0);
            AnnotationId mine = AnnotationId.of("ribosome").user("bob").session("1");
            run.newPicks(mine, List.of(Point.at(1, 2, 3)));
            run.picks(mine).write(List.of(Point.at(3, 2, 1)));
            run.newSegmentation(
                    SegmentationId.binary("membrane").user("bob").session("1").at(10),
                    VolumeData.of(new byte[8], 2, 2, 2));
            run.newVoxelSpacing(7).newTomogram("mine", VolumeData.of(new float[8], 2, 2, 2));
            tomogram(root).newFeatures("edges", VolumeData.of(new float[8], 2, 2, 2));
            root.object("ribosome").newDensityMap(VolumeData.of(new float[8], 2, 2, 2), 4);
            root.newRun("another").newVoxelSpacing(10);
            run.picks(mine).delete();
            assertEquals(List.of(), toService.exchanges());
            assertEquals(List.of(), read());
        }
    }

    @Test
    void severalRunsByNameAreOneRequest() throws IOException {
        try (PortalProject project = project()) {
            for (String name : List.of("20003", "20001", "20004", "20002")) {
                assertEquals(name, project.root.run(name).name());
            }
            assertEquals(1, toService.exchanges().size());
            assertEquals(List.of(), read());
        }
    }

    @Test
    void pagesOfALargeProjectGoOutTogether() throws IOException {
        server.grow(200);
        try (PortalProject project = project()) {
            // the names of 204 runs, the first page alone, three pages at a time, the last one
            List<Exchange> exchanges =
                    toService.inRounds(() -> project.root.runs().forEach(Run::picks), 1, 1, 3, 1);
            assertEquals(6, exchanges.size());
            assertEquals(List.of(), read());
        }
    }
}
