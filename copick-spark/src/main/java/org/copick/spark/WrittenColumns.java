package org.copick.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.copick.error.InvalidDataException;
import org.jspecify.annotations.Nullable;

/**
 * The columns of rows to write as picks.
 *
 * @param columns the place and type of each column
 */
record WrittenColumns(Map<String, Column> columns) implements Serializable {
    private static final List<String> REQUIRED = List.of("run", "object", "x", "y", "z");
    private static final Set<String> TEXTS = Set.of("run", "object", "user", "session");
    private static final Set<String> WHOLE_NUMBERS = Set.of("point", "instance_id");
    private static final Set<String> NUMBERS = Set.of("x", "y", "z", "score");
    private static final String TRANSFORM = "transform";
    private static final int ELEMENTS = 16;

    WrittenColumns {
        columns = Map.copyOf(columns);
    }

    /**
     * A column.
     *
     * @param index its place in a row
     * @param type the type of its values
     */
    private record Column(int index, DataType type) implements Serializable {}

    /**
     * Checks the columns.
     *
     * @throws InvalidDataException if one is missing, unknown, or of the wrong type
     */
    static WrittenColumns of(StructType schema) {
        Map<String, Column> columns = new HashMap<>();
        for (StructField field : schema.fields()) {
            String problem = problem(field.name(), field.dataType());
            if (problem != null) {
                throw new InvalidDataException("cannot write picks: column " + field.name() + " " + problem);
            }
            columns.put(field.name(), new Column(columns.size(), field.dataType()));
        }
        List<String> missing =
                REQUIRED.stream().filter(name -> !columns.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new InvalidDataException("cannot write picks: there is no column " + String.join(", ", missing)
                    + "; the columns are run, object, x, y, z and, if wanted, user, session, point, transform, score,"
                    + " instance_id");
        }
        return new WrittenColumns(columns);
    }

    private static @Nullable String problem(String name, DataType type) {
        if (TEXTS.contains(name)) {
            return type instanceof StringType ? null : wrong(type, "string");
        }
        if (WHOLE_NUMBERS.contains(name)) {
            return isWhole(type) ? null : wrong(type, "int or bigint");
        }
        if (NUMBERS.contains(name)) {
            return isNumber(type) ? null : wrong(type, "double");
        }
        if (name.equals(TRANSFORM)) {
            return type instanceof ArrayType array && isFraction(array.elementType())
                    ? null
                    : wrong(type, "array<double>");
        }
        return name.equals("layer")
                ? "cannot be written, because picks are always written to the writable layer; drop it"
                : "is unknown; drop it, or rename it to run, object, user, session, point, x, y, z, transform, score or"
                        + " instance_id";
    }

    private static String wrong(DataType type, String wanted) {
        return "has the type " + type.simpleString() + "; cast it to " + wanted;
    }

    private static boolean isWhole(DataType type) {
        return type instanceof IntegerType
                || type instanceof LongType
                || type instanceof ShortType
                || type instanceof ByteType;
    }

    private static boolean isFraction(DataType type) {
        return type instanceof DoubleType || type instanceof FloatType;
    }

    private static boolean isNumber(DataType type) {
        return isWhole(type) || isFraction(type);
    }

    boolean has(String column) {
        return columns.containsKey(column);
    }

    /** Returns the text of a column that must not be null. */
    String text(InternalRow row, String column) {
        int index = index(column);
        if (row.isNullAt(index)) {
            throw new InvalidDataException("cannot write picks: column " + column + " is null in a row; " + row(row));
        }
        return row.getUTF8String(index).toString();
    }

    /** Returns the number in a column; null if there is none. */
    @Nullable Double number(InternalRow row, String column) {
        int index = index(column);
        return row.isNullAt(index) ? null : (Double) number(row.get(index, type(column)));
    }

    /** Returns the whole number in a column; null if there is none. */
    @Nullable Long whole(InternalRow row, String column) {
        int index = index(column);
        return row.isNullAt(index) ? null : (Long) ((Number) row.get(index, type(column))).longValue();
    }

    /** Returns the elements of the transform; null if there is none. */
    double @Nullable [] transform(InternalRow row) {
        int index = index(TRANSFORM);
        if (row.isNullAt(index)) {
            return null;
        }
        ArrayData array = row.getArray(index);
        DataType elements = ((ArrayType) type(TRANSFORM)).elementType();
        if (array.numElements() != ELEMENTS) {
            throw new InvalidDataException("cannot write picks: a transform has 16 elements, row by row, not "
                    + array.numElements() + "; " + row(row));
        }
        double[] plain = new double[ELEMENTS];
        for (int i = 0; i < ELEMENTS; i++) {
            if (array.isNullAt(i)) {
                throw new InvalidDataException(
                        "cannot write picks: element " + i + " of a transform is null; " + row(row));
            }
            plain[i] = elements instanceof FloatType ? array.getFloat(i) : array.getDouble(i);
        }
        return plain;
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private int index(String column) {
        return column(column).index();
    }

    private DataType type(String column) {
        return column(column).type();
    }

    private Column column(String name) {
        return Objects.requireNonNull(columns.get(name), name);
    }

    /** Names the file of a row, for messages. */
    private String row(InternalRow row) {
        StringBuilder text = new StringBuilder("the row has");
        for (String column : List.of("run", "object", "user", "session")) {
            if (has(column) && !row.isNullAt(index(column))) {
                text.append(' ')
                        .append(column)
                        .append(" \"")
                        .append(row.getUTF8String(index(column)))
                        .append('"');
            }
        }
        return text.toString();
    }

    /** Returns those of some columns that the rows have. */
    String[] among(String... columns) {
        return Arrays.stream(columns).filter(this::has).toArray(String[]::new);
    }
}
