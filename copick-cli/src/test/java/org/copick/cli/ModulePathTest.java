package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs a program that is a module, in a process whose class path is empty. It uses every library below copick,
 * because one may be missing there only: automatic modules cannot require other modules.
 */
final class ModulePathTest {
    private static final Path SOURCES = Path.of("src/test/modules");
    private static final String MODULE = "org.example.tomograms";
    private static final String PRINTED = """
            module: org.example.tomograms
            plane: 3050
            picks: 1
            mesh: 3
            schemes: file gcs gs http https local s3 s3a
            backends: CryoET Data Portal, overlay on static root, single root
            bz2: [1.0, 2.0, 3.0, 4.0]
            zstd: [1.0, 2.0, 3.0, 4.0]
            lz4: [1.0, 2.0, 3.0, 4.0]
            blosc: [1.0, 2.0, 3.0, 4.0]
            s3://bucket: 1 objects
            gs://bucket: 1 objects
            """;
    private static final String OF_AMAZON = """
            <?xml version="1.0" encoding="UTF-8"?>
            <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bucket</Name><KeyCount>1</KeyCount>
            <MaxKeys>10</MaxKeys><IsTruncated>false</IsTruncated><Contents><Key>a</Key><ETag>"1"</ETag><Size>1</Size>
            <LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents></ListBucketResult>""";
    private static final String OF_GOOGLE = """
            {"kind": "storage#objects",
             "items": [{"bucket": "bucket", "name": "a", "size": "1", "generation": "7", "updated": "2026-01-01T00:00:00.000Z"}]}""";

    @TempDir
    private Path folder;

    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean amazon = exchange.getRequestURI().getPath().startsWith("/bucket");
            byte[] answer = (amazon ? OF_AMAZON : OF_GOOGLE).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", amazon ? "application/xml" : "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    /** The option in the guide for native code leaves newer runtimes nothing to warn about. */
    @Test
    void aModuleUsesEveryLibrary() throws IOException, InterruptedException {
        String guide = Files.readString(Snippets.CHECKOUT.resolve("docs/application.md"));
        String option = "--enable-native-access=com.github.luben.zstd_jni,org.lz4.java,org.copick.zarr";
        assertTrue(guide.contains("`" + option + "`"), option);
        assertEquals(new JavaProcess(0, PRINTED, ""), run(modules(), option));
    }

    /** Java code takes the place of native code, and jars are found whatever they are called. */
    @Test
    void neitherNativeCodeNorTheNamesOfJarsAreNeeded() throws IOException, InterruptedException {
        Path renamed = Files.createDirectory(folder.resolve("renamed"));
        List<Path> modules = new ArrayList<>();
        int number = 0;
        for (Path module : modules()) {
            boolean unnamed =
                    String.valueOf(module.getFileName()).matches("(?:aircompressor|jgltf|gax|google-cloud)-.*\\.jar");
            modules.add(unnamed ? Files.copy(module, renamed.resolve("other" + number++ + ".jar")) : module);
        }
        assertEquals(10, number);
        List<String> options = new ArrayList<>(List.of("-Djava.io.tmpdir=" + folder.resolve("missing")));
        if (Runtime.version().feature() >= 23) {
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        JavaProcess ended = run(modules, options.toArray(String[]::new));
        assertEquals(0, ended.status(), ended.warned());
        assertEquals(PRINTED, ended.printed());
        assertFalse(ended.warned().contains("Unsafe"), ended.warned());
    }

    @Test
    void aMissingProviderBelongsOnTheModulePath() throws IOException, InterruptedException {
        List<Path> modules = modules().stream()
                .filter(module -> ModuleFinder.of(module).find("org.copick.s3").isEmpty())
                .toList();
        JavaProcess ended = run(modules);
        assertEquals(1, ended.status());
        assertTrue(ended.warned().contains("; add org.copick:copick-s3 to the module path\n"), ended.warned());
    }

    @Test
    void theGuideShowsTheDeclarationOfTheModule() throws IOException {
        List<String> shown = Snippets.blocks("docs/application.md", "java").stream()
                .filter(block -> block.startsWith("module "))
                .toList();
        assertEquals(
                List.of(Files.readString(SOURCES.resolve("module-info.java"))),
                shown.stream()
                        .map(block -> block.replace("org.example.application", MODULE))
                        .toList());
    }

    /** Returns the jars and folders that are modules for Java: all but the classes of this Maven module. */
    private static List<Path> modules() {
        return JavaProcess.classPath().stream()
                .filter(entry -> Files.isRegularFile(entry) || Files.exists(entry.resolve("module-info.class")))
                .toList();
    }

    private JavaProcess run(List<Path> modules, String... options) throws IOException, InterruptedException {
        Path classes = compiled(modules);
        List<Path> all = new ArrayList<>(modules);
        all.add(classes);
        Path config = Golden.config(Golden.unpack("v1", folder), "copick.template.json");
        List<String> command = new ArrayList<>(List.of(options));
        command.addAll(List.of(
                "-p",
                JavaProcess.joined(all),
                "-m",
                MODULE + "/" + MODULE + ".Main",
                config.toString(),
                folder.resolve("arrays").toString(),
                "http://127.0.0.1:" + server.getAddress().getPort()));
        return JavaProcess.run(folder, command);
    }

    private Path compiled(List<Path> modules) {
        Path classes = folder.resolve("classes");
        JavaCompiler.assertCompiles(List.of(
                "-Xlint:all",
                "-Werror",
                "-proc:none",
                "-p",
                JavaProcess.joined(modules),
                "-d",
                classes.toString(),
                SOURCES.resolve("module-info.java").toString(),
                SOURCES.resolve("org/example/tomograms/Main.java").toString()));
        return classes;
    }
}
