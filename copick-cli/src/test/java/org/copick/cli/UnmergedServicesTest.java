package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.copick.CopickContext;
import org.copick.error.InvalidConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a program whose jar was built from several artifacts without merging their services files. */
final class UnmergedServicesTest {
    @TempDir
    private Path folder;

    /** Opens projects and stores, and prints what they say. */
    public static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            try (CopickContext context = CopickContext.builder().build()) {
                for (String argument : arguments) {
                    try {
                        if (argument.endsWith(".json")) {
                            context.open(argument).close();
                        } else {
                            context.store(argument).close();
                        }
                        System.out.println("opened");
                    } catch (InvalidConfigException e) {
                        System.out.println(e.getMessage());
                    }
                }
            }
        }
    }

    @Test
    void itSaysWhatIsWrongAndTheGuideQuotesIt() throws IOException, InterruptedException {
        Path project = Golden.unpack("v1", folder);
        List<String> said = said(
                List.of("org.copick.fs", "org.copick.api"),
                Golden.config(project, "copick.template.json").toString(),
                "s3://bucket/folder",
                "gs://bucket/folder");
        String guide = Files.readString(Snippets.CHECKOUT.resolve("docs/application.md"));
        assertEquals(3, said.size());
        for (String message : said) {
            assertTrue(guide.contains("    " + message + "\n") || message.startsWith("cannot open gs://"), message);
            assertTrue(message.contains("ServicesResourceTransformer"), message);
        }
    }

    @Test
    void theServicesFileOfTheModelMayBeTheOneThatWasReplaced() throws IOException, InterruptedException {
        Path project = Golden.unpack("v1", folder);
        List<String> said = said(
                List.of("org.copick.fs", "org.copick.overlay"),
                Golden.config(project, "copick.overlay.template.json").toString());
        assertEquals(1, said.size());
        assertTrue(
                said.get(0)
                        .startsWith("cannot open a project with a single root: "
                                + "org.copick.layout.LayoutBackendProvider is there, but no file "),
                said.get(0));
    }

    @Test
    void storesAreOpenedWithTheFilesThatAreLeft() throws IOException, InterruptedException {
        Path project = Golden.unpack("v1", folder);
        assertEquals(
                List.of("opened", "opened"),
                said(
                        List.of("org.copick.fs", "org.copick.overlay"),
                        Golden.config(project, "copick.template.json").toString(),
                        project.toString()));
    }

    /**
     * Runs the program with our classes in one folder, and returns its lines.
     *
     * @param last the modules that were added last, so that their services files are left
     */
    private List<String> said(List<String> last, String... arguments) throws IOException, InterruptedException {
        Path merged = Files.createDirectory(folder.resolve("merged"));
        List<Path> ours = new ArrayList<>();
        List<Path> classPath = new ArrayList<>(List.of(merged));
        for (Path entry : JavaProcess.classPath()) {
            (Files.exists(entry) && isOurs(entry) ? ours : classPath).add(entry);
        }
        ours.sort((a, b) -> Boolean.compare(isOneOf(last, a), isOneOf(last, b)));
        for (Path entry : ours) {
            merge(entry, merged);
        }
        List<String> command = new ArrayList<>(List.of("-cp", JavaProcess.joined(classPath), Program.class.getName()));
        command.addAll(List.of(arguments));
        JavaProcess ended = JavaProcess.run(folder, command);
        assertEquals(0, ended.status(), ended.warned());
        return ended.printed().lines().toList();
    }

    private static boolean isOurs(Path entry) {
        return ModuleFinder.of(entry).findAll().stream()
                .anyMatch(module -> module.descriptor().name().startsWith("org.copick."));
    }

    private static boolean isOneOf(List<String> names, Path entry) {
        return names.stream().anyMatch(name -> ModuleFinder.of(entry).find(name).isPresent());
    }

    private static void merge(Path entry, Path into) throws IOException {
        if (Files.isDirectory(entry)) {
            copy(entry, into);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(entry)) {
                copy(jar.getPath("/"), into);
            }
        }
    }

    private static void copy(Path from, Path into) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = into.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
