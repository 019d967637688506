package org.copick.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.copick.error.CopickException;
import org.copick.gcs.server.GcsAnswers;
import org.copick.gcs.server.Loopback;
import org.copick.gcs.server.Loopback.Answer;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreAddress;
import org.copick.storage.WriteCondition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that this machine's credentials are sent only where the user's environment sends them.
 *
 * <p>The environment is that of another process, which uses TLS servers of this test.
 */
final class MachineCredentialsTest {
    private static final String SECRET = "do-not-tell-this";
    private static final int LARGE = GcsWriter.LARGE;

    @TempDir
    private Path folder;

    private Path keys;
    private Path login;
    private Loopback tokens;
    private Loopback service;
    private Loopback other;

    @BeforeEach
    void start() throws Exception {
        keys = Loopback.keys(folder.resolve("keys.p12"));
        tokens = Loopback.plain(request ->
                json(200, "{\"access_token\": \"" + SECRET + "\", \"expires_in\": 3600, \"token_type\": \"Bearer\"}"));
        other = Loopback.encrypted(
                keys,
                request -> new Answer(
                        401,
                        Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""),
                        "{\"error\": {\"code\": 401}}"));
        service = Loopback.encrypted(keys, this::serve);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        String key = Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        login = Files.writeString(
                folder.resolve("login.json"),
                new Gson()
                        .toJson(Map.of(
                                "type", "service_account",
                                "project_id", "lab",
                                "private_key_id", "1",
                                "private_key", "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n",
                                "client_email", "reader@lab.example.org",
                                "client_id", "2",
                                "token_uri", tokens.url() + "/token")));
    }

    @AfterEach
    void stop() {
        service.close();
        other.close();
        tokens.close();
    }

    private static Answer json(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body);
    }

    private Answer serve(String request) {
        if (request.contains("/moved/") || request.contains("/batch/")) {
            return new Answer(307, Map.of("Location", other.url() + "/elsewhere?token=" + SECRET), "");
        }
        if (request.contains("uploadType=resumable")) {
            return new Answer(200, Map.of("Location", other.url() + "/session?upload_id=" + SECRET), "");
        }
        return json(403, GcsAnswers.error(403, "forbidden", "no access").body());
    }

    @Test
    void anEndpointThatOnlyTheOptionsNameGetsNone() throws Exception {
        Map<String, Object> endpoint = Map.of("endpoint_url", service.url());
        List<String> told = asked(
                Map.of(),
                new Task("read", "gs://bucket/x", endpoint),
                new Task("write", "gs://bucket/x", endpoint),
                new Task("read", "gs://bucket/x", with(endpoint, "google_default")),
                new Task("read", "gs://bucket/x", with(endpoint, "cloud")),
                new Task("read", "gs://bucket/x", with(endpoint, login.toString())));
        for (String message : told) {
            assertTrue(message.startsWith("AccessDeniedException"), message);
            assertTrue(message.contains("only the configuration names this endpoint"), message);
            assertTrue(message.contains("STORAGE_EMULATOR_HOST=" + service.url()), message);
        }
        String seen = service.seen();
        assertEquals(2, seen.lines().count(), "the first two requests, without credentials: " + seen);
        assertTrue(seen.lines().allMatch(line -> line.endsWith(" []")), seen);
        assertEquals("", tokens.seen());
    }

    @Test
    void anEndpointThatTheEnvironmentNamesGetsThem() throws Exception {
        Map<String, Object> endpoint = Map.of("endpoint_url", service.url());
        asked(
                Map.of("STORAGE_EMULATOR_HOST", service.url()),
                new Task("read", "gs://bucket/x", Map.of()),
                new Task("read", "gs://bucket/x", endpoint),
                new Task("read", "gs://bucket/x", with(endpoint, "google_default")),
                new Task("read", "gs://bucket/x", with(endpoint, login.toString())));
        String seen = service.seen();
        assertEquals(4, seen.lines().count(), seen);
        assertTrue(seen.lines().allMatch(line -> line.endsWith("[Bearer " + SECRET + "]")), seen);
        asked(
                Map.of("STORAGE_EMULATOR_HOST", service.url()),
                new Task("read", "gs://bucket/x", Map.of("endpoint_url", other.url())));
        assertFalse(other.seen().contains("Bearer"));
    }

    @Test
    void neitherARedirectNorAnUploadCarriesThemToAnotherHost() throws Exception {
        List<String> told = asked(
                Map.of("STORAGE_EMULATOR_HOST", service.url()),
                new Task("read", "gs://moved/x", Map.of()),
                new Task("list", "gs://moved/x", Map.of()),
                new Task("write", "gs://moved/x", Map.of()),
                new Task("delete", "gs://moved/x", Map.of()));
        for (String message : told) {
            assertTrue(message.startsWith("StorageException"), message);
            assertTrue(message.contains("HTTP 307 to " + other.url()), message);
        }
        assertEquals("", other.seen());
        asked(Map.of("STORAGE_EMULATOR_HOST", service.url()), new Task("write-large", "gs://bucket/x", Map.of()));
        String seen = other.seen();
        assertTrue(seen.contains("PUT /session"), seen);
        assertTrue(seen.lines().allMatch(line -> line.endsWith(" []")), seen);
    }

    private static Map<String, Object> with(Map<String, Object> options, String token) {
        return Map.of("token", token, "endpoint_url", String.valueOf(options.get("endpoint_url")));
    }

    /** A store and an operation on it. */
    private record Task(String operation, String url, Map<String, Object> options) {
        void run(ObjectStore store) {
            switch (operation) {
                case "read" -> store.read("object");
                case "list" -> store.listFolder("");
                case "delete" -> store.deleteAll(List.of("object", "another"));
                default ->
                    store.write("object", new byte[operation.equals("write-large") ? LARGE : 1], WriteCondition.ANY);
            }
        }
    }

    /**
     * Runs tasks in another process with these variables and a login of its machine, and returns their messages.
     *
     * <p>Checks that no message contains a secret.
     */
    private List<String> asked(Map<String, String> environment, Task... tasks) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Djavax.net.ssl.trustStore=" + keys,
                "-Djavax.net.ssl.trustStorePassword=changeit",
                "-cp",
                System.getProperty("java.class.path"),
                MachineCredentialsTest.class.getName()));
        Arrays.stream(tasks).map(new Gson()::toJson).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("GOOGLE_APPLICATION_CREDENTIALS", login.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), output);
            assertFalse(output.contains(SECRET), output);
            assertEquals(tasks.length, output.lines().count(), output);
            return output.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Runs the tasks in the other process. */
    public static void main(String[] tasks) throws IOException {
        StringBuilder told = new StringBuilder();
        for (String json : tasks) {
            Task task = new Gson().fromJson(json, Task.class);
            try (ObjectStore store = new GcsStorageProvider().open(new StoreAddress(task.url, task.options, null))) {
                task.run(store);
                told.append("done\n");
            } catch (CopickException e) {
                told.append(e.getClass().getSimpleName())
                        .append(": ")
                        .append(e.getMessage())
                        .append('\n');
            }
        }
        System.out.write(told.toString().getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
