package org.copick.cli.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.copick.AnnotationId;
import org.copick.Mesh;
import org.copick.Root;
import org.copick.Run;
import org.copick.cli.options.Author;
import org.copick.cli.options.WalkOptions;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.DiskFailure;
import org.copick.entity.EntityKey;
import org.copick.mesh.MeshScene;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code copick add mesh}. */
@Command(
        name = "mesh",
        description = {
            "Import meshes from GLB files, one file per run.",
            "Vertices are x, y, z in Å. Geometry and vertex colours are kept; materials, textures and animations are"
                    + " not."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick add mesh ribosome.glb --object-name ribosome --run TS_001",
            "  copick add mesh 'meshes/*.glb' --object-name membrane --user-id me"
        })
final class AddMesh implements Callable<Integer> {
    /** Longest GLB file in bytes, because it is read into one array. */
    private static final long LONGEST_FILE = Integer.MAX_VALUE - 8;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private WalkOptions project = new WalkOptions();

    @Mixin
    private ImportFiles files = new ImportFiles();

    @Mixin
    private AnnotationOptions annotation = new AnnotationOptions();

    AddMesh() {}

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        try (Root root = project.open()) {
            Author author = annotation.checkedAuthor(root);
            Imports imports = new Imports(root, files, commandLine);
            Map<Path, String> runs = files.runs(project.runNames(root), project.shard());
            // files are read twice, first before anything is written: together they may not fit into memory
            runs.forEach((file, run) -> imports.plan(
                    file,
                    () -> {
                        MeshScene scene = read(file);
                        requireGeometry(file, scene);
                        scene.losses()
                                .forEach(
                                        loss -> commandLine.getErr().println("copick: warning: " + file + ": " + loss));
                        return new EntityKey.Mesh(run, annotation.object(), author.user(), author.session());
                    },
                    existing -> existing instanceof Mesh mesh
                            && Arrays.equals(mesh.glb(), read(file).toGlb())));
            imports.planned()
                    .forEach((file, key) -> imports.write(file.toString(), key, run -> write(run, author, read(file))));
            return imports.status();
        }
    }

    private Mesh write(Run run, Author author, MeshScene scene) {
        String object = annotation.object();
        Optional<Mesh> known =
                run.findMesh(AnnotationId.of(object).user(author.user()).session(author.session()));
        if (known.isEmpty() || !files.overwrite) {
            return run.newMesh(AnnotationId.of(object).user(author.user()).session(author.session()), scene);
        }
        Mesh own = known.get().writableCopy();
        own.write(scene);
        return own;
    }

    /** Refuses a file without geometry, which is most likely a failed export. */
    private static void requireGeometry(Path file, MeshScene scene) {
        boolean isEmpty = scene.instances().stream()
                .allMatch(instance -> instance.geometry().vertices().length == 0);
        if (isEmpty) {
            throw new CommandFailure("cannot import " + file + ": its scene has no geometry"
                    + (scene.losses().isEmpty() ? "" : " (" + String.join("; ", scene.losses()) + ")")
                    + "; export triangles, lines or points to it");
        }
    }

    private static MeshScene read(Path file) {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new CommandFailure("cannot import " + file + ": it has " + Files.size(file)
                        + " bytes; meshes of up to " + LONGEST_FILE + " are supported, so split it into several");
            }
            return MeshScene.parse(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw DiskFailure.of("read", file, e);
        }
    }
}
