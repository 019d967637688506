package org.copick.spark;

import java.util.Map;
import org.apache.spark.sql.connector.catalog.SessionConfigSupport;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The format {@code copick} of Spark: tables of the picks, filaments, segmentations, tomograms and blocks of a project.
 *
 * <p>Options are described on the page {@code docs/spark.md}. Options that begin with {@code spark.datasource.copick.}
 * in the session's configuration apply to all reads and writes.
 */
public final class CopickSource implements TableProvider, DataSourceRegister, SessionConfigSupport {
    private static final String NAME = "copick";

    /** Creates the source, as Spark does. */
    public CopickSource() {}

    @Override
    public String shortName() {
        return NAME;
    }

    @Override
    public String keyPrefix() {
        return NAME;
    }

    /**
     * Returns the columns of the table that the options name.
     *
     * @param options the options of a read or write
     * @return the columns
     * @throws org.copick.error.InvalidConfigException if an option is missing, unknown or invalid
     */
    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        return SourceOptions.of(options.asCaseSensitiveMap()).table().schema();
    }

    /**
     * Returns the table that the options name. Reads nothing.
     *
     * @param schema the columns, as {@link #inferSchema} returns them
     * @param partitioning not used
     * @param properties the options of a read or write
     * @return the table
     * @throws org.copick.error.InvalidConfigException if an option is missing, unknown or invalid
     */
    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return new CopickTable(SourceOptions.of(properties));
    }
}
