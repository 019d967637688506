package org.copick.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.Tomogram;
import org.copick.config.ProjectConfig;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.ZarrNode;
import org.copick.zarrjava.CopickStore;

/** Opens projects and arrays of the benchmark's data, on disk or behind the proxy. */
final class Opening {
    private static final String BUCKET = "bench";
    private static final String KEY = "benchaccess";
    private static final String SECRET = "benchsecret";
    private static final long CACHE = 512L << 20;

    private Opening() {}

    /**
     * Returns a context that caches no decoded chunks, unless the peer is one with a cache.
     *
     * <p>The context is created before the clock starts. Its threads live as long as the process, like those of the
     * Python libraries.
     */
    static CopickContext context(Spec spec) {
        CopickContext.Builder builder =
                CopickContext.builder().cacheBytes(spec.peer().contains("cache") ? CACHE : 0);
        CopickContext context = spec.isFresh()
                ? builder.build()
                : builder.executors(Threads.FETCHING, Threads.DECODING).build();
        // creates the cache, which counts as an import
        context.cache().statistics();
        return context;
    }

    private static final class Threads {
        static final Executor FETCHING = daemons(16);
        static final Executor DECODING = daemons(Runtime.getRuntime().availableProcessors());

        private static Executor daemons(int number) {
            return Executors.newFixedThreadPool(number, task -> {
                Thread thread = new Thread(task);
                thread.setDaemon(true);
                return thread;
            });
        }
    }

    static Root project(Spec spec, CopickContext context) throws IOException {
        Path file = spec.path("config");
        if (!spec.isRemote()) {
            return context.open(file.toString());
        }
        ObjectNode config = (ObjectNode) Spec.MAPPER.readTree(Files.readString(file));
        String endpoint = "http://127.0.0.1:" + spec.remote().path("port").asInt();
        ObjectNode arguments = config.putObject("overlay_fs_args").put("endpoint_url", endpoint);
        boolean google = spec.remote().path("service").asText().equals("gcs");
        config.put("overlay_root", (google ? "gs://" : "s3://") + BUCKET + "/" + spec.dataset());
        if (google) {
            arguments.put("token", "anon");
        } else {
            arguments.put("key", KEY).put("secret", SECRET);
        }
        return context.open(ProjectConfig.parse(config.toString(), file.toString()), null);
    }

    /** Opens a project with the shared data as its static root, under an empty overlay. */
    static Root underEmptyOverlay(Spec spec, CopickContext context, Path overlay) throws IOException {
        Path file = spec.path("config");
        ObjectNode config = (ObjectNode) Spec.MAPPER.readTree(Files.readString(file));
        config.set("static_root", config.path("overlay_root"));
        config.putObject("static_fs_args");
        config.put("overlay_root", "local://" + overlay);
        return context.open(ProjectConfig.parse(config.toString(), file.toString()), null);
    }

    /** Creates a new project with the objects of the data's configuration. */
    static Root scratch(Spec spec, CopickContext context, Path folder) throws IOException {
        Path file = spec.path("config");
        ObjectNode config = (ObjectNode) Spec.MAPPER.readTree(Files.readString(file));
        config.put("overlay_root", "local://" + folder);
        return context.open(ProjectConfig.parse(config.toString(), file.toString()), null);
    }

    static Run run(Spec spec, Root root) {
        return root.run(spec.info().path("run").asText());
    }

    static ZarrArray tomogram(Spec spec, CopickContext context, int level) throws IOException {
        if (spec.isBareArray()) {
            ZarrNode node = context.zarr()
                    .open(context.store(spec.path("tomogram_path").toString()), Integer.toString(level))
                    .orElseThrow();
            return (ZarrArray) node;
        }
        return tomogram(spec, context).volume().level(level).array();
    }

    private static Tomogram tomogram(Spec spec, CopickContext context) throws IOException {
        return run(spec, project(spec, context))
                .voxelSpacing(spec.info().path("voxel_size").asDouble())
                .tomogram(spec.info().path("tomo_type").asText());
    }

    /** Opens a level of the tomogram for the case's peer. */
    static Reader reader(Spec spec, CopickContext context, int level) throws IOException {
        if (!spec.isZarrJava()) {
            return Reader.of(tomogram(spec, context, level));
        }
        CopickStore store = spec.isBareArray()
                ? CopickStore.of(context.store(spec.path("tomogram_path").toString()))
                : CopickStore.of(tomogram(spec, context));
        return new ZarrJavaReader(store.resolve(Integer.toString(level)));
    }

    /** Opens the segmentation for the case's peer. */
    static Reader segmentationReader(Spec spec, CopickContext context) throws IOException {
        Segmentation found = segmentation(spec, context);
        return spec.isZarrJava()
                ? new ZarrJavaReader(CopickStore.of(found).resolve("0"))
                : Reader.of(found.volume().level(0).array());
    }

    private static Segmentation segmentation(Spec spec, CopickContext context) throws IOException {
        JsonNode wanted = spec.info().path("segmentation");
        return run(spec, project(spec, context))
                .segmentation(SegmentationId.multilabel(wanted.path("name").asText())
                        .at(spec.info().path("voxel_size").asDouble())
                        .user(wanted.path("user_id").asText())
                        .session(wanted.path("session_id").asText()));
    }
}
