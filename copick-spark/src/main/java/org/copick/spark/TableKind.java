package org.copick.spark;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createStructField;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The tables of a project, with their columns. */
// sets and schemas are immutable, but their types do not say so
@SuppressWarnings("ImmutableEnumChecker")
enum TableKind {
    /** Every point of every picks file. */
    PICKS(
            Set.of("run", "object", "user", "session", "layer"),
            column("run", StringType),
            column("object", StringType),
            column("user", StringType),
            column("session", StringType),
            column("layer", StringType),
            column("point", IntegerType),
            column("x", DoubleType),
            column("y", DoubleType),
            column("z", DoubleType),
            column("transform", createArrayType(DoubleType, false)),
            optional("score", DoubleType),
            optional("instance_id", LongType)),

    /** Every vertex of every filament. */
    FILAMENTS(
            Set.of("run", "object", "user", "session", "layer"),
            column("run", StringType),
            column("object", StringType),
            column("user", StringType),
            column("session", StringType),
            column("layer", StringType),
            column("filament", IntegerType),
            column("point", IntegerType),
            column("x", DoubleType),
            column("y", DoubleType),
            column("z", DoubleType),
            column("instance_id", LongType),
            column("polarity_known", BooleanType),
            column("score", DoubleType),
            optional("radius", DoubleType)),

    /** Every segmentation. */
    SEGMENTATIONS(
            Set.of("run", "name", "user", "session", "voxel_size", "type", "layer"),
            column("run", StringType),
            column("name", StringType),
            column("user", StringType),
            column("session", StringType),
            column("voxel_size", DoubleType),
            column("type", StringType),
            column("layer", StringType),
            column("levels", IntegerType),
            optional("shape", createArrayType(LongType, false)),
            optional("data_type", StringType)),

    /** Every tomogram. */
    TOMOGRAMS(
            Set.of("run", "voxel_size", "type", "layer"),
            column("run", StringType),
            column("voxel_size", DoubleType),
            column("type", StringType),
            column("layer", StringType),
            column("levels", IntegerType),
            optional("shape", createArrayType(LongType, false)),
            optional("data_type", StringType)),

    /** Every block of the tomograms' voxels. */
    BLOCKS(
            Set.of("run", "tomogram", "voxel_size", "level"),
            column("run", StringType),
            column("tomogram", StringType),
            column("voxel_size", DoubleType),
            column("level", IntegerType),
            column("z", LongType),
            column("y", LongType),
            column("x", LongType),
            column("shape", createArrayType(IntegerType, false)),
            column("data", createArrayType(FloatType, false)));

    private final Set<String> keys;
    private final StructType schema;

    TableKind(Set<String> keys, StructField... columns) {
        this.keys = keys;
        this.schema = new StructType(columns);
    }

    /** Returns the table that the option {@code table} names, if there is one. */
    static Optional<TableKind> named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.text().equalsIgnoreCase(name.strip()))
                .findFirst();
    }

    /** Returns the names of all tables, for messages. */
    static String names() {
        return Arrays.stream(values()).map(TableKind::text).collect(Collectors.joining(", "));
    }

    /** Returns the name that the option {@code table} has for this table. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns all columns, in order. */
    StructType schema() {
        return schema;
    }

    /** Returns the columns that are known for an entity without reading it, which filters and groups may name. */
    Set<String> keys() {
        return keys;
    }

    /** Returns whether a row is one entity, so that its listing gives the number of rows. */
    boolean hasRowPerEntity() {
        return this == SEGMENTATIONS || this == TOMOGRAMS;
    }

    /** Returns whether a column may be null. */
    boolean isOptional(String name) {
        return List.of(schema.fields()).stream().anyMatch(field -> field.name().equals(name) && field.nullable());
    }

    /** Returns whether there is a column of this name. */
    boolean has(String name) {
        return List.of(schema.fieldNames()).contains(name);
    }

    private static StructField column(String name, DataType type) {
        return createStructField(name, type, false);
    }

    private static StructField optional(String name, DataType type) {
        return createStructField(name, type, true);
    }
}
