package org.copick.cli.exchange;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.copick.CopickUri;
import org.copick.Entity;
import org.copick.Mesh;
import org.copick.Root;
import org.copick.Run;
import org.copick.cli.options.ProjectOptions;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.OutputFile;
import org.copick.cli.walk.EntityWalk;
import org.copick.cli.walk.Unread;
import org.copick.spi.EntityKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code copick export mesh}. */
@Command(
        name = "mesh",
        description = "Write meshes as they are stored, to DIR/RUN_OBJECT_USER_SESSION.glb.",
        mixinStandardHelpOptions = true)
final class ExportMesh implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Option(names = "--mesh-uri", required = true, paramLabel = "URI", description = "Which, such as membrane:alice/1.")
    private String uri = "";

    @Option(names = "--output-dir", required = true, paramLabel = "DIR", description = "Where to write.")
    private Path folder = Path.of("");

    @Option(names = "--overwrite", negatable = true, description = "Replace files and folders that exist.")
    private boolean overwrite;

    ExportMesh() {}

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        Unread unread = new Unread(commandLine.getErr());
        try (Root root = project.open()) {
            CopickUri wanted = CopickUri.parse(EntityKind.MESH, uri);
            ExportPaths paths = new ExportPaths();
            Map<Path, Mesh> plan = new LinkedHashMap<>();
            for (Run run : project.runs(root)) {
                for (Entity entity : EntityWalk.matching(run, wanted, unread)) {
                    Mesh mesh = (Mesh) entity;
                    Path file = folder.resolve(ExportPaths.name(mesh) + ".glb");
                    paths.take(file, mesh.location());
                    plan.put(file, mesh);
                }
            }
            if (plan.isEmpty()) {
                throw new CommandFailure("no mesh matches \"" + uri + "\"; copick ls lists what is there");
            }
            ExportPaths.requireFree(plan.keySet(), overwrite);
            plan.forEach((file, mesh) -> unread.attempt(mesh.location(), () -> {
                OutputFile.inNewFolder(file).replace(out -> out.write(mesh.glb()));
                commandLine.getOut().println(file);
            }));
        }
        return unread.status();
    }
}
