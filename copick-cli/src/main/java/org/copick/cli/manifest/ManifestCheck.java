package org.copick.cli.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.copick.cli.output.ItemListener;
import org.jspecify.annotations.Nullable;

/** An expected manifest, and what differs from it. */
public final class ManifestCheck {
    private final JsonNode expected;
    private final @Nullable String view;
    private final Set<String> ignored;
    private final boolean layout;

    /**
     * Reads the expected manifest.
     *
     * @param view which of its views, or null for the first
     * @param ignored names of fields that are not compared
     * @param layout whether to compare also how values are stored
     */
    public ManifestCheck(Path file, @Nullable String view, Set<String> ignored, boolean layout) {
        this.expected = ManifestJson.read(file);
        this.view = view;
        this.ignored = ignored;
        this.layout = layout;
    }

    /** Whether it describes plain arrays rather than a project. */
    public boolean isOfArrays() {
        return expected.path("kind").asText().equals("zarr");
    }

    /** Whether it lists what an overlay shadows too. */
    public boolean listsEveryLayer() {
        return Differences.listsEveryLayer(expected, view);
    }

    /** Reads a project and compares it. */
    public Result compare(ProjectManifest actual, ItemListener listener) {
        List<String> unread = new ArrayList<>();
        JsonNode tree = tree(json -> actual.write(json, listener), unread);
        return new Result(Differences.ofProjects(expected, view, tree, ignored, layout), unread);
    }

    /** Reads a folder of arrays and compares it. */
    public Result compare(ZarrManifest actual, ItemListener listener) {
        List<String> unread = new ArrayList<>();
        JsonNode tree = tree(json -> actual.write(json, listener), unread);
        return new Result(Differences.ofArrays(expected, tree, ignored, layout), unread);
    }

    /**
     * The result of a comparison.
     *
     * @param differences a line each
     * @param unread what could not be read and so not be compared, a line each, also where the manifest says the same
     */
    public record Result(List<String> differences, List<String> unread) {}

    /** Writes a manifest and ends the line. */
    public static List<String> write(ManifestWriter manifest, Writer out) throws IOException {
        JsonGenerator json = ManifestJson.generator(out);
        List<String> problems = manifest.write(json);
        json.writeRaw('\n');
        json.flush();
        return problems;
    }

    /** Writes a manifest and returns what could not be read. */
    @FunctionalInterface
    public interface ManifestWriter {
        List<String> write(JsonGenerator json) throws IOException;
    }

    private static JsonNode tree(ManifestWriter manifest, List<String> unread) {
        ObjectMapper mapper = new ObjectMapper();
        try (TokenBuffer tokens = new TokenBuffer(mapper, false)) {
            unread.addAll(manifest.write(tokens));
            return mapper.readTree(tokens.asParser());
        } catch (IOException e) {
            throw new UncheckedIOException("a manifest in memory could not be built", e);
        }
    }
}
