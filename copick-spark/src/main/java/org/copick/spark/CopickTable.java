package org.copick.spark;

import java.util.EnumSet;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A table of a project. */
final class CopickTable implements SupportsRead, SupportsWrite {
    private final SourceOptions options;

    CopickTable(SourceOptions options) {
        this.options = options;
    }

    @Override
    public String name() {
        return "copick " + options.table().text();
    }

    @Override
    @Deprecated
    public StructType schema() {
        return options.table().schema();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Rows to write need not have all columns of a read, so this source checks them. Truncation is declared in order
     * to refuse it with a remedy.
     */
    @Override
    public Set<TableCapability> capabilities() {
        return EnumSet.of(
                TableCapability.BATCH_READ,
                TableCapability.BATCH_WRITE,
                TableCapability.TRUNCATE,
                TableCapability.ACCEPT_ANY_SCHEMA);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap read) {
        return new CopickScanBuilder(
                options, ProjectReader.read(OpenProjects.shared().context(), options));
    }

    @Override
    public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
        return new PicksWriteBuilder(options, info.schema());
    }
}
