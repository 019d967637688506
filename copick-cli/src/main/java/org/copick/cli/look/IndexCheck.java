package org.copick.cli.look;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.copick.Root;
import org.copick.config.LayerConfig;
import org.copick.config.ProjectConfig;
import org.copick.entity.Layer;
import org.copick.error.UnsupportedFeatureException;
import org.copick.layout.IndexDifference;
import org.copick.layout.IndexDifference.Kind;
import org.copick.layout.RootIndex;
import org.copick.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Compares the roots that a configuration opens through an index with their indexes. */
final class IndexCheck {
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private @Nullable IndexDifference first;

    private IndexCheck() {}

    /** Describes how a layer differs from its index; empty if it does not, has none, or cannot be listed. */
    static Optional<String> problem(Root root, Layer layer) {
        if (!isIndexed(root.config(), layer)) {
            return Optional.empty();
        }
        try (ObjectStore store = root.openRoot(layer).orElseThrow()) {
            IndexCheck check = new IndexCheck();
            // a missing index has made the listings fail already
            RootIndex.read(store).ifPresent(index -> index.differences(RootIndex.of(store), check::add));
            return check.text(layer);
        } catch (UnsupportedFeatureException e) {
            return Optional.empty();
        }
    }

    private static boolean isIndexed(ProjectConfig config, Layer layer) {
        return config.layers()
                .map(layers -> layers.stream()
                        .filter(each -> each.name().equals(layer.name()))
                        .anyMatch(LayerConfig::staticIndex))
                .orElse(config.staticIndex() && layer.name().equals("static"));
    }

    private void add(IndexDifference difference) {
        counts.merge(difference.kind(), 1, Integer::sum);
        first = first == null ? difference : first;
    }

    private Optional<String> text(Layer layer) {
        if (first == null) {
            return Optional.empty();
        }
        return Optional.of("differs from the root: it lacks " + count(Kind.MISSING) + ", lists " + count(Kind.GONE)
                + " too many, and " + count(Kind.CHANGED) + " have changed; the first is " + first.name()
                + "; copick index --root " + layer.name() + " makes it again");
    }

    private int count(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }
}
