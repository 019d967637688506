package org.copick.cli.look;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.copick.cli.manifest.ManifestCheck;
import org.copick.cli.manifest.ManifestMerge;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.OutputFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code copick merge-manifests}, which joins the manifests of all shares of a project's runs. */
@Command(
        name = "merge-manifests",
        description = {
            "Join the manifests of all shares of a project into one.",
            "The parts are files of copick manifest --shard. The result equals what copick manifest writes for the whole"
                    + " project. A missing share is refused."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick merge-manifests part-*.json -o manifest.json",
            "  copick merge-manifests part-1.json part-2.json"
        })
public final class MergeManifestsCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "PART", description = "Manifests of all shares, in any order.")
    private List<Path> parts = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File to write, replaced if it exists; - is standard output (default: -).")
    private @Nullable Path output;

    MergeManifestsCommand() {}

    @Override
    public Integer call() throws IOException {
        try (ManifestMerge merge = new ManifestMerge(parts)) {
            if (output == null || output.toString().equals("-")) {
                // a part that proves corrupt half-way must not leave half a text
                OutputFile.print(Objects.requireNonNull(spec).commandLine().getOut(), file -> write(merge, file));
            } else {
                write(merge, output);
            }
        }
        return ExitStatus.DONE;
    }

    private static void write(ManifestMerge merge, Path file) {
        OutputFile.at(file).replace(out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            ManifestCheck.write(merge::write, writer);
            writer.flush();
        });
    }
}
