/**
 * Copick projects as tables of Apache Spark: {@code spark.read.format("copick")}.
 *
 * <p>{@link org.copick.spark.CopickSource} is found by its name when the artifact {@code copick-spark-bundle} is among
 * Spark's jars. Code need not name it.
 *
 * <p>The page {@code docs/spark.md} of the sources describes tables, options, filters and writing.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.spark;

import org.jspecify.annotations.NullMarked;
