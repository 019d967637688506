package org.copick.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.copick.cli.output.DiskFailure;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.OutputFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code copick man-pages}: a manual page of each command. */
@Command(
        name = "man-pages",
        description = "Write a manual page of each command into a folder.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  copick man-pages ~/.local/share/man/man1", "  copick man-pages man"})
final class ManPagesCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Folder to write to; existing pages are replaced.")
    private @Nullable Path folder;

    ManPagesCommand() {}

    @Override
    public Integer call() {
        Path target = Objects.requireNonNull(folder);
        List<ManPage> pages = ManPage.all(CommandTree.whole());
        try {
            Files.createDirectories(target);
            for (ManPage page : pages) {
                byte[] text = page.text().getBytes(StandardCharsets.UTF_8);
                OutputFile.at(target.resolve(page.fileName())).replace(out -> out.write(text));
            }
        } catch (IOException e) {
            throw DiskFailure.of("write manual pages into", target, e);
        }
        Objects.requireNonNull(spec).commandLine().getOut().println(pages.size() + " pages in " + target);
        return ExitStatus.DONE;
    }
}
