package org.copick.spark;

import org.apache.spark.sql.connector.write.SupportsTruncate;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.entity.Layer;
import org.copick.error.InvalidConfigException;
import org.copick.error.ReadOnlyException;
import org.copick.error.UnsupportedFeatureException;

/** Checks on the driver whether rows can be written at all. */
final class PicksWriteBuilder implements WriteBuilder, SupportsTruncate {
    private final SourceOptions options;
    private final StructType schema;

    PicksWriteBuilder(SourceOptions options, StructType schema) {
        this.options = options;
        this.schema = schema;
    }

    /** Refuses {@code mode("overwrite")}, which would delete all picks of the project. */
    @Override
    public WriteBuilder truncate() {
        throw new UnsupportedFeatureException("format copick does not write with mode overwrite, which would delete"
                + " all picks of the project; use mode append, and the option on_existing=replace to replace the files"
                + " of the rows");
    }

    @Override
    public Write build() {
        if (options.table() != TableKind.PICKS) {
            throw new UnsupportedFeatureException("format copick writes the table picks only, not "
                    + options.table().text() + "; write others with the library or the command");
        }
        WrittenColumns columns = WrittenColumns.of(schema);
        CopickContext context = OpenProjects.shared().context();
        Project project = ProjectReader.read(context, options);
        try (Root root = project.open(context)) {
            Layer top = root.layers().get(0);
            if (top.readOnly()) {
                throw new ReadOnlyException("cannot write picks: the first layer of " + options.config() + ", "
                        + top.location() + ", is read-only; add an overlay to the configuration");
            }
            requireNamed(
                    columns, "user", options.user() != null || root.userId().isPresent());
            requireNamed(
                    columns,
                    "session",
                    options.session() != null || root.sessionId().isPresent());
        }
        return new PicksWrite(project, options, columns);
    }

    private static void requireNamed(WrittenColumns columns, String column, boolean hasDefault) {
        if (!columns.has(column) && !hasDefault) {
            throw new InvalidConfigException("cannot write picks: neither the rows nor the configuration name a "
                    + column + "; add a column " + column + " or the option " + column);
        }
    }
}
