package org.copick.cli.exchange;

import java.nio.file.Path;
import org.copick.CopickContext;
import org.copick.Mesh;
import org.copick.cli.output.OutputFile;
import org.copick.entity.EntityKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code copick export mesh}. */
@Command(
        name = "mesh",
        description = {
            "Write meshes as GLB files.",
            "The files are DIR/RUN_OBJECT_USER_SESSION.glb, with the stored bytes."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick export mesh --mesh-uri membrane:membrain/0 --output-dir out",
            "  copick export mesh --mesh-uri 'membrane:*' --output-dir out --overwrite"
        })
final class ExportMesh extends EntityExport<Mesh> {
    @Option(
            names = "--mesh-uri",
            required = true,
            paramLabel = "URI",
            description = "Meshes to export, as a copick URI such as membrane:alice/1 (required).")
    private String uri = "";

    @Mixin
    private ExportFolder folder = new ExportFolder();

    ExportMesh() {
        super(Mesh.class, EntityKind.MESH);
    }

    @Override
    String uri() {
        return uri;
    }

    @Override
    ExportFolder folder() {
        return folder;
    }

    @Override
    Path place(Mesh mesh) {
        return folder.path().resolve(ExportPaths.name(mesh) + ".glb");
    }

    @Override
    void write(CopickContext context, Path file, Mesh mesh) {
        OutputFile.inNewFolder(file).replace(out -> out.write(mesh.glb()));
    }
}
