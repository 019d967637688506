package org.copick.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The work of one process, as {@code copick-bench/run} writes it to standard input for every peer.
 *
 * @param name the case
 * @param peer the timed peer; a peer with {@code cache} in its name caches decoded chunks
 * @param info the manifest's entry of the dataset
 */
record Spec(String name, String peer, String dataset, JsonNode info, Path data, Path scratch, JsonNode all) {
    static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double BUDGET_SECONDS = 60;

    static Spec read() throws IOException {
        return of(MAPPER.readTree(System.in));
    }

    static Spec of(JsonNode all) {
        return new Spec(
                all.path("case").asText(),
                all.path("peer").asText(),
                all.path("dataset").asText(),
                all.path("info"),
                Path.of(all.path("data").asText()),
                Path.of(all.path("scratch").asText()),
                all);
    }

    int repeats() {
        return all.path("repeats").asInt(1);
    }

    /** Returns whether each repeat runs in a new process, whose first call is measured. */
    boolean isFresh() {
        return all.path("fresh").asBoolean();
    }

    double budgetSeconds() {
        return all.path("budget_s").asDouble(BUDGET_SECONDS);
    }

    /** Returns how long a process works before its first repeat, in seconds. */
    double warmUpSeconds() {
        return all.path("warm_up_s").asDouble();
    }

    boolean isRemote() {
        return !remote().isMissingNode() && !remote().isNull();
    }

    JsonNode remote() {
        return all.path("remote");
    }

    Path path(String field) {
        return data.resolve(info.path(field).asText());
    }

    JsonNode cases() {
        return info.path("cases");
    }

    /** Returns whether zarr-java decodes, over our stores. */
    boolean isZarrJava() {
        return peer.equals("zarr-java");
    }

    boolean isBareArray() {
        return info.path("kind").asText().equals("array");
    }
}
