package org.copick.cli.project;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.copick.Root;
import org.copick.cli.options.ProjectOptions;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.JsonText;
import org.copick.cli.output.Printable;
import org.copick.cli.output.Screen;
import org.copick.portal.CachedCatalogues;
import org.copick.storage.disk.DiskCache;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code copick cache}. */
@Command(
        name = "cache",
        description = "Show or clear the disk caches of a project.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  copick cache info", "  copick cache clear --only catalogue --yes"},
        subcommands = {CacheCommand.Info.class, CacheCommand.Clear.class})
public final class CacheCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    CacheCommand() {}

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                Objects.requireNonNull(spec).commandLine(), "say what to do with the caches: info or clear");
    }

    /** The command {@code copick cache info}. */
    @Command(
            name = "info",
            description = {
                "Show the disk caches of a project, with their size and age.",
                "These are remote data (disk_cache in the configuration) and the catalogue of the CryoET Data Portal. Sends no request to the portal or to remote stores."
            },
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  copick cache info", "  copick cache info --json"})
    static final class Info implements Callable<Integer> {
        @CommandLine.Spec
        private CommandLine.Model.@Nullable CommandSpec spec;

        @Mixin
        private ProjectOptions project = new ProjectOptions();

        @Option(names = "--json", description = "Print JSON (default: text).")
        private boolean json;

        @Override
        public Integer call() {
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            try (Root root = project.open()) {
                ObjectNode caches = CacheFacts.of(root);
                if (json) {
                    JsonText.print(out, caches);
                } else {
                    CacheFacts.print(caches, out);
                }
            }
            return ExitStatus.DONE;
        }
    }

    /** The caches that {@code copick cache clear} can be limited to. */
    enum Kind {
        DATA,
        CATALOGUE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The command {@code copick cache clear}. */
    @Command(
            name = "clear",
            description = {
                "Delete the disk caches of a project.",
                "Nothing is lost: the data are fetched again when they are needed.",
                "Deletes only files that copick has written, also while other programs use them. The cache of remote data"
                        + " is shared by all projects that name its folder, and deleted as a whole."
            },
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  copick cache clear", "  copick cache clear --only catalogue --all --yes"})
    static final class Clear implements Callable<Integer> {
        @CommandLine.Spec
        private CommandLine.Model.@Nullable CommandSpec spec;

        @Mixin
        private ProjectOptions project = new ProjectOptions();

        @Option(
                names = "--only",
                paramLabel = "CACHE",
                description = "Cache to clear: data (of remote stores) or catalogue (of the portal) (default: both).")
        private @Nullable Kind only;

        @Option(
                names = "--all",
                description = "Delete the catalogues of all projects in the portal (default: of this project).")
        private boolean all;

        @Option(
                names = {"-y", "--yes"},
                description = "Delete without asking (default: ask on the terminal).")
        private boolean yes;

        @Override
        public Integer call() throws IOException {
            CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
            try (Root root = project.open()) {
                Optional<DiskCache> data = only == Kind.CATALOGUE ? Optional.empty() : root.diskCache();
                Optional<CachedCatalogues> catalogues =
                        only == Kind.DATA ? Optional.empty() : CachedCatalogues.of(root.config());
                if (data.isEmpty() && catalogues.isEmpty()) {
                    throw new CommandFailure("the project has no " + (only == null ? "" : only + " ")
                            + "cache on disk; copick cache info shows its caches");
                }
                if (!yes) {
                    confirm(CacheFacts.of(root), data.isPresent(), catalogues.isPresent(), commandLine.getErr());
                }
                clear(data, catalogues, commandLine.getOut());
            }
            return ExitStatus.DONE;
        }

        private void clear(Optional<DiskCache> data, Optional<CachedCatalogues> catalogues, PrintWriter out) {
            data.ifPresent(cache -> {
                var deleted = cache.clear();
                Printable.row(
                        out,
                        "data",
                        cache.folder().toString(),
                        deleted.files() + (deleted.files() == 1 ? " file" : " files"),
                        Printable.bytes(deleted.bytes()));
            });
            catalogues.ifPresent(cached -> (all ? cached.clearAll() : cached.clear())
                    .forEach(file -> Printable.row(out, "catalogue", file.toString())));
        }

        private void confirm(ObjectNode facts, boolean data, boolean catalogue, PrintWriter err) throws IOException {
            String question = "delete " + CacheFacts.summary(facts, data, catalogue, all) + "?";
            if (Screen.of(err).filter(Screen::showsMessages).isEmpty()) {
                throw new CommandFailure(
                        "nothing was deleted, because there is no terminal to ask on; repeat with --yes");
            }
            err.print("copick: " + question + " [y/N] ");
            err.flush();
            String answer = line(System.in).strip().toLowerCase(Locale.ROOT);
            if (!answer.equals("y") && !answer.equals("yes")) {
                throw new CommandFailure("nothing was deleted; answer y, or repeat with --yes");
            }
        }

        /** Reads no further than the line's end: what follows belongs to the next program. */
        private static String line(InputStream in) throws IOException {
            byte[] line = new byte[16];
            int length = 0;
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                if (length < line.length) {
                    line[length++] = (byte) next;
                }
            }
            return new String(line, 0, length, StandardCharsets.UTF_8);
        }
    }
}
