package org.example.tomograms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.copick.AnnotationId;
import org.copick.Axis;
import org.copick.Copick;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.mesh.Geometry;
import org.copick.mesh.MeshScene;
import org.copick.picks.Point;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProviders;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;

/** Uses every library below copick, and prints the results. Arguments: a configuration, a folder, a server's URL. */
public final class Main {
    private static final float[] VALUES = {1, 2, 3, 4};

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("module: " + Main.class.getModule().getName());
        try (Root root = Copick.open(Path.of(arguments[0]))) {
            Run run = root.run("TS_001");
            Tomogram tomogram = run.voxelSpacing(10).tomogram("wbp");
            System.out.println("plane: " + tomogram.plane(Axis.Z, 0).length);
            AnnotationId id = AnnotationId.of("ribosome").user("module").session("1");
            run.newPicks(id, List.of(Point.at(1, 2, 3)));
            System.out.println("picks: " + run.picks(id).points().size());
            Geometry triangle = Geometry.triangles("t", new float[] {0, 0, 0, 9, 0, 0, 0, 9, 0}, new int[] {0, 1, 2});
            run.newMesh(AnnotationId.of("membrane").user("module").session("1"), MeshScene.of(triangle));
            run.refresh();
            System.out.println("mesh: " + run.meshes("membrane:module/1").get(0).scene().flatten().faces().length);
        }
        try (CopickContext context = CopickContext.builder().build()) {
            TreeSet<String> schemes = new TreeSet<>();
            context.storageProviders().forEach(provider -> schemes.addAll(provider.schemes()));
            schemes.remove(""); // paths
            System.out.println("schemes: " + String.join(" ", schemes));
            TreeSet<String> backends = new TreeSet<>();
            context.backendProviders().forEach(provider -> backends.add(provider.name()));
            System.out.println("backends: " + String.join(", ", backends));
            for (String codec : List.of("bz2", "zstd", "lz4", "blosc")) {
                float[] read = packed(context, Path.of(arguments[1], codec), codec);
                System.out.println(codec + ": " + Arrays.toString(read));
            }
        }
        String server = arguments[2];
        list("s3://bucket", Map.of("key", "k", "secret", "s", "endpoint_url", server));
        list("gs://bucket", Map.of("token", "anon", "endpoint_url", server));
    }

    /** Writes an array with a compressor and returns what is read from it. */
    private static float[] packed(CopickContext context, Path folder, String codec) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve(".zarray"),
                "{\"zarr_format\":2,\"shape\":[4],\"chunks\":[4],\"dtype\":\"<f4\",\"order\":\"C\",\"fill_value\":0,"
                        + "\"filters\":null,\"compressor\":{\"id\":\"" + codec + "\","
                        + (codec.equals("blosc") ? "\"cname\":\"lz4\",\"clevel\":1,\"shuffle\":1" : "\"level\":1")
                        + "}}");
        try (ObjectStore store = context.store(folder.toString())) {
            ((ZarrArray) context.zarr().open(store, "").orElseThrow()).writeRegion(Region.all(new long[] {4}), VALUES);
        }
        try (CopickContext other = CopickContext.builder().build();
                ObjectStore store = other.store(folder.toString())) {
            return ((ZarrArray) other.zarr().open(store, "").orElseThrow()).readFloats(Region.all(new long[] {4}));
        }
    }

    private static void list(String url, Map<String, Object> options) {
        try (ObjectStore store = StorageProviders.open(url, options)) {
            System.out.println(url + ": " + store.list("", null, 10).objects().size() + " objects");
        }
    }
}
