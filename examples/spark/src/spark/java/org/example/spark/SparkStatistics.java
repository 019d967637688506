package org.example.spark;

import static org.apache.spark.sql.functions.*;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Prints the lines of {@code PlainStatistics} with Spark. */
public final class SparkStatistics {
    private static final Comparator<Row> ORDER = Comparator.<Row, String>comparing(row -> row.getString(0))
            .thenComparing(row -> row.getString(1))
            .thenComparing(row -> row.getString(2))
            .thenComparing(row -> row.getString(3));

    private SparkStatistics() {}

    /**
     * Runs the example.
     *
     * @param args the configuration of a project, a path or URL
     */
    public static void main(String[] args) {
        // a partition holds picks of one run, so that grouping by run moves no rows between executors
        var spark = SparkSession.builder()
                .config("spark.sql.sources.v2.bucketing.enabled", "true")
                .getOrCreate();
        var project = spark.read().format("copick").option("config", args[0]);

        Map<String, double[]> objects = new TreeMap<>();
        Column points = sort_array(collect_list(struct("point", "x", "y", "z")));
        var picks = project.option("table", "picks").load().groupBy("run", "object", "user", "session");
        var distances = picks.agg(points.as("points"))
                .where("size(points) > 1")
                .select(
                        col("run"),
                        col("object"),
                        col("user"),
                        col("session"),
                        total(nearest(col("points"))),
                        expr("size(points)"));
        distances.collectAsList().stream().sorted(ORDER).forEach(row -> {
            double total = row.getDouble(4);
            int count = row.getInt(5);
            print("picks %s %s:%s/%s", total / count, row.get(0), row.get(1), row.get(2), row.get(3));
            double[] sums = objects.computeIfAbsent(row.getString(1), name -> new double[2]);
            sums[0] += total;
            sums[1] += count;
        });
        objects.forEach((name, sums) -> print("object %s", sums[0] / sums[1], name));

        var blocks = project.option("table", "blocks").option("block", "64").load();
        Column place = format_string("%12d%12d%12d", col("z"), col("y"), col("x"));
        Column corner = concat_ws(",", col("z"), col("y"), col("x"));
        Column mean = total(col("data")).divide(size(col("data")));
        var means = blocks.select(col("run"), col("tomogram"), place, corner, mean);
        means.collectAsList().stream()
                .sorted(ORDER)
                .forEach(row -> print("block %s %s %s", row.getDouble(4), row.get(0), row.get(1), row.get(3)));
        spark.stop();
    }

    private static Column nearest(Column points) {
        return transform(
                points,
                a -> array_min(transform(
                        filter(points, b -> b.getField("point").notEqual(a.getField("point"))), b -> distance(a, b))));
    }

    private static Column distance(Column a, Column b) {
        Column squares = null;
        for (String axis : new String[] {"x", "y", "z"}) {
            Column difference = a.getField(axis).minus(b.getField(axis));
            Column square = difference.multiply(difference);
            squares = squares == null ? square : squares.plus(square);
        }
        return sqrt(squares);
    }

    /** Adds in the order of the array, so that the sum has the same digits in every run. */
    private static Column total(Column values) {
        return aggregate(values, lit(0.0), (sum, value) -> sum.plus(value));
    }

    /** Rounds like Python: the exact value of the double, half to even. */
    private static void print(String format, double value, Object... place) {
        BigDecimal digits = new BigDecimal(value).setScale(6, RoundingMode.HALF_EVEN);
        System.out.println(String.format(format, place) + " " + digits.toPlainString());
    }
}
