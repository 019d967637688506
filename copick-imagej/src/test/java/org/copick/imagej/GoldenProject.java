package org.copick.imagej;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.VolumeEntity;
import org.copick.VoxelSpacing;
import org.copick.config.ProjectConfig;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.tests.SuppliedStores;

/** A project that Python copick wrote, in memory. */
final class GoldenProject implements AutoCloseable {
    private final SuppliedStores stores = new SuppliedStores();
    private final CopickContext context =
            CopickContext.builder().executors(Runnable::run, Runnable::run).build();
    private final Root root;

    private GoldenProject(MemoryStore contents, String overlay, UnaryOperator<ObjectStore> wrapper) {
        String url = stores.url(() -> wrapper.apply(contents.reopen()));
        String template =
                new String(contents.read("copick.template.json").orElseThrow().bytes(), StandardCharsets.UTF_8);
        String config = (overlay.isEmpty() ? template : template.replace("local://{ROOT}/overlay", overlay))
                .replace("local://{ROOT}", url);
        root = context.open(ProjectConfig.parse(config, "of a test"), null);
    }

    static GoldenProject open(String corpus) throws IOException {
        return open(corpus, UnaryOperator.identity());
    }

    static GoldenProject open(String corpus, UnaryOperator<ObjectStore> wrapper) throws IOException {
        return new GoldenProject(contents(corpus), "", wrapper);
    }

    /** Opens a corpus with one object replaced. */
    static GoldenProject with(String corpus, String key, String text) throws IOException {
        MemoryStore contents = contents(corpus);
        contents.write(key, text.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        return new GoldenProject(contents, "", UnaryOperator.identity());
    }

    /** Opens the shared layer of a corpus below another overlay. */
    static GoldenProject under(String overlay, String corpus) throws IOException {
        return new GoldenProject(contents(corpus), overlay, UnaryOperator.identity());
    }

    private static MemoryStore contents(String corpus) throws IOException {
        try (InputStream zip =
                Objects.requireNonNull(GoldenProject.class.getResourceAsStream("/golden/" + corpus + ".zip"))) {
            return MemoryStore.fromZip(zip);
        }
    }

    Root root() {
        return root;
    }

    /** Returns the volumes of all layers that are written, also those that others shadow. */
    List<VolumeEntity> volumes() {
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

    @Override
    public void close() {
        context.close();
        stores.close();
        stores.assertReleased();
    }
}
