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
import org.copick.cli.options.Shard;
import org.copick.cli.options.ShardParts;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.ItemListener;
import org.jspecify.annotations.Nullable;

/** An expected manifest, to compare projects and folders with. */
public final class ManifestCheck {
    private final JsonNode expected;
    private final @Nullable String view;
    private final Set<String> ignored;
    private final boolean layout;

    /**
     * Reads the expected manifest.
     *
     * @param view name of the view, or null for the first
     * @param ignored names of fields not to compare
     * @param layout whether to compare the storage of values, too
     * @param share the share of the runs to compare
     * @throws CommandFailure when the manifest is of another share
     */
    public ManifestCheck(Path file, @Nullable String view, Set<String> ignored, boolean layout, Shard share) {
        this.expected = share.isWhole() ? ManifestJson.read(file) : ManifestShare.read(file, share);
        String described = expected.path(ShardParts.FIELD).asText();
        if (!described.isEmpty() && !described.equals(share.toString())) {
            throw new CommandFailure(file + " describes share " + described + " of the runs; pass --shard " + described
                    + ", or merge all shares with copick merge-manifests");
        }
        this.view = view;
        this.ignored = ignored;
        this.layout = layout;
    }

    /** Returns whether the manifest describes plain arrays instead of a project. */
    public boolean isOfArrays() {
        return expected.path("kind").asText().equals("zarr");
    }

    /** Returns whether the manifest lists shadowed entities, too. */
    public boolean listsEveryLayer() {
        return Differences.listsEveryLayer(expected, view);
    }

    /** Reads a project and compares it with the manifest. */
    public Result compare(ProjectManifest actual, ItemListener listener) {
        List<String> unread = new ArrayList<>();
        JsonNode tree = tree(json -> actual.write(json, listener), unread);
        return new Result(Differences.ofProjects(expected, view, tree, ignored, layout), unread);
    }

    /** Reads a folder of arrays and compares it with the manifest. */
    public Result compare(ZarrManifest actual, ItemListener listener) {
        List<String> unread = new ArrayList<>();
        JsonNode tree = tree(json -> actual.write(json, listener), unread);
        return new Result(Differences.ofArrays(expected, tree, ignored, layout), unread);
    }

    /**
     * The result of a comparison.
     *
     * @param differences the differences, one line each
     * @param unread the read failures, one line each, including those that the manifest records, too
     */
    public record Result(List<String> differences, List<String> unread) {}

    /** Writes a manifest and a final line feed, and returns the read failures. */
    public static List<String> write(ManifestWriter manifest, Writer out) throws IOException {
        JsonGenerator json = ManifestJson.generator(out);
        List<String> problems = manifest.write(json);
        json.writeRaw('\n');
        json.flush();
        return problems;
    }

    /** Writes a manifest and returns the read failures. */
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
