package org.copick.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.error.ReadOnlyException;
import org.copick.gcs.server.GcsServer;
import org.copick.picks.Point;
import org.copick.tests.network.FaultyProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the configuration in docs/storage.md, with another endpoint and another folder. */
final class PublicBucketTest {
    private static final String PICKS = "{\"pickable_object_name\": \"ribosome\", \"user_id\": \"tool\","
            + " \"session_id\": \"0\", \"points\": []}";

    @TempDir
    private Path folder;

    private static String shown() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "storage.md"));
        int begin = page.indexOf("```json\n") + "```json\n".length();
        return page.substring(begin, page.indexOf("```", begin));
    }

    @Test
    void sharedDataOfAPublicBucketAreAnnotatedOnTheOwnDisk() throws Exception {
        GcsServer server = GcsServer.running();
        server.create("open-tomograms");
        server.put(
                "open-tomograms",
                "project/ExperimentRuns/TS_001/Picks/tool_0_ribosome.json",
                PICKS.getBytes(StandardCharsets.UTF_8),
                "");
        try (FaultyProxy proxy = new FaultyProxy(server.endpoint())) {
            String overlay = folder.resolve("annotations").toUri().getPath();
            Path config = Files.writeString(
                    folder.resolve("public.json"),
                    replaced(
                            replaced(shown(), "/home/me/annotations", overlay),
                            "{\"token\": \"anon\"}",
                            "{\"token\": \"anon\", \"endpoint_url\": \"" + proxy.endpoint() + "\"}"));
            annotate(config);
            assertTrue(proxy.exchanges().stream()
                    .allMatch(done -> done.request().method().equals("GET")
                            && done.request().header("authorization").isEmpty()));
        }
        try (var saved = Files.walk(folder.resolve("annotations"))) {
            assertEquals(
                    List.of("me_1_ribosome.json"),
                    saved.filter(Files::isRegularFile)
                            .map(file -> String.valueOf(file.getFileName()))
                            .filter(name -> !name.equals(".copick-lock"))
                            .toList());
        }
    }

    private static void annotate(Path config) throws Exception {
        try (Root root = Copick.open(config)) {
            assertEquals(List.of("TS_001"), root.runs().stream().map(Run::name).toList());
            Run run = root.run("TS_001");
            Picks shared = run.picks().get(0);
            assertThrows(ReadOnlyException.class, () -> shared.write(List.of(Point.at(1, 2, 3))));
            run.newPicks(AnnotationId.of("ribosome").user("me").session("1"), List.of(Point.at(1, 2, 3)));
        }
    }

    private static String replaced(String text, String old, String by) {
        assertTrue(text.contains(old), () -> old + " in " + text);
        return text.replace(old, by);
    }
}
