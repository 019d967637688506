package org.copick.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.LiteralValue;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Reads a table as Spark does, through the interfaces of a data source, with everything serialized on the way. */
final class SparkRead {
    private final Map<String, String> options = new LinkedHashMap<>();
    private final List<Predicate> filters = new ArrayList<>();
    private @Nullable List<String> columns;
    private int limit = -1;

    SparkRead(String config, String table) {
        options.put("path", config);
        options.put("table", table);
    }

    SparkRead option(String name, String value) {
        options.put(name, value);
        return this;
    }

    /** Adds a filter, which must be one that is pushed down. */
    SparkRead where(String operator, String column, Object... values) {
        filters.add(filter(operator, column, values));
        return this;
    }

    SparkRead columns(String... names) {
        columns = List.of(names);
        return this;
    }

    SparkRead limit(int rows) {
        limit = rows;
        return this;
    }

    static Predicate filter(String operator, String column, Object... values) {
        List<Expression> operands = new ArrayList<>();
        operands.add(new Column(column));
        for (Object value : values) {
            operands.add(literal(value));
        }
        return new Predicate(operator, operands.toArray(new Expression[0]));
    }

    static LiteralValue<?> literal(Object value) {
        if (value instanceof String text) {
            return new LiteralValue<>(UTF8String.fromString(text), DataTypes.StringType);
        }
        return value instanceof Integer
                ? new LiteralValue<>(value, DataTypes.IntegerType)
                : new LiteralValue<>(value, DataTypes.DoubleType);
    }

    CopickScanBuilder builder() {
        CopickSource source = new CopickSource();
        CaseInsensitiveStringMap given = new CaseInsensitiveStringMap(options);
        StructType schema = source.inferSchema(given);
        Table table = source.getTable(schema, new Transform[0], given.asCaseSensitiveMap());
        CopickScanBuilder builder = (CopickScanBuilder) ((CopickTable) table).newScanBuilder(given);
        Predicate[] left = builder.pushPredicates(filters.toArray(new Predicate[0]));
        if (left.length > 0) {
            throw new AssertionError("not pushed down: " + Arrays.toString(left));
        }
        return builder;
    }

    CopickScan scan() {
        CopickScanBuilder builder = builder();
        if (limit >= 0 && !builder.pushLimit(limit)) {
            throw new AssertionError("limit not pushed down");
        }
        if (columns != null) {
            StructType schema = TableKind.named(options.getOrDefault("table", ""))
                    .orElseThrow()
                    .schema();
            builder.pruneColumns(
                    new StructType(columns.stream().map(schema::apply).toArray(StructField[]::new)));
        }
        return (CopickScan) builder.build();
    }

    /** Returns the rows of all partitions, with texts, numbers, lists and null. */
    List<List<@Nullable Object>> rows() throws IOException {
        return rows(scan());
    }

    static List<List<@Nullable Object>> rows(CopickScan scan) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (InputPartition each : scan.planInputPartitions()) {
            rows.addAll(rows(scan, each));
        }
        return rows;
    }

    static List<List<@Nullable Object>> rows(CopickScan scan, InputPartition partition) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        PartitionReaderFactory factory = sent(scan.createReaderFactory());
        try (PartitionReader<InternalRow> reader = factory.createReader(sent(partition))) {
            while (reader.next()) {
                rows.add(row(reader.get(), scan.readSchema()));
            }
        }
        return rows;
    }

    private static List<@Nullable Object> row(InternalRow row, StructType schema) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < schema.length(); i++) {
            DataType type = schema.fields()[i].dataType();
            values.add(row.isNullAt(i) ? null : plain(row.get(i, type), type));
        }
        return values;
    }

    private static Object plain(Object value, DataType type) {
        if (value instanceof ArrayData array) {
            DataType elements = ((ArrayType) type).elementType();
            List<Object> plain = new ArrayList<>();
            for (int i = 0; i < array.numElements(); i++) {
                plain.add(element(array, i, elements));
            }
            return plain;
        }
        return value instanceof UTF8String text ? text.toString() : value;
    }

    private static Object element(ArrayData array, int index, DataType type) {
        if (type.equals(DataTypes.DoubleType)) {
            return array.getDouble(index);
        }
        if (type.equals(DataTypes.FloatType)) {
            return array.getFloat(index);
        }
        return type.equals(DataTypes.IntegerType) ? (Object) array.getInt(index) : (Object) array.getLong(index);
    }

    /** A column, without Spark's parser of names. */
    record Column(String name) implements NamedReference {
        @Override
        public String[] fieldNames() {
            return new String[] {name};
        }
    }

    /** Returns what arrives in another process. */
    @SuppressWarnings({"unchecked", "BanSerializableRead"})
    static <T> T sent(T value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
