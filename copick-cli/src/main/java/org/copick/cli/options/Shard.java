package org.copick.cli.options;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * A share of the runs of a project, for one of several processes.
 *
 * <p>A run is in the share {@code h mod count}, where {@code h} is the number of the first 8 bytes, big-endian and
 * unsigned, of the SHA-256 of its name in UTF-8. So adding runs never moves others to another share.
 *
 * @param index the number of the share, 0 to {@code count} − 1
 * @param count the number of shares, at least 1
 */
public record Shard(int index, int count) {
    /** All runs, as the only share. */
    public static final Shard WHOLE = new Shard(0, 1);

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})/(\\d{1,9})");
    private static final String TASK = "SLURM_ARRAY_TASK_ID";

    /**
     * Parses {@code I/N}, or {@code slurm} for the task of a SLURM job array.
     *
     * <p>{@code I} counts from 0 or from 1: {@code 0/N} and {@code N/N} are one share.
     *
     * @param environment returns the value of an environment variable; empty if it is not set
     * @throws CommandLine.TypeConversionException when the text is no share, or the variables describe no whole array
     */
    static Shard parse(String text, UnaryOperator<String> environment) {
        if (text.equals("slurm")) {
            return ofArray(environment);
        }
        return numbered(text)
                .orElseThrow(() -> new CommandLine.TypeConversionException("'" + text
                        + "' is no share of the runs; write I/N, such as 3/8, with I from 1 to N, or slurm"));
    }

    /** Parses {@code I/N}; empty if the text has another form. */
    static Optional<Shard> numbered(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int index = Integer.parseInt(parts.group(1));
        int count = Integer.parseInt(parts.group(2));
        return count > 0 && index <= count ? Optional.of(new Shard(index % count, count)) : Optional.empty();
    }

    /**
     * Returns the share of a task of a job array.
     *
     * <p>The numbers of an array without gaps are all residues of their count, wherever they start.
     */
    private static Shard ofArray(UnaryOperator<String> environment) {
        int task = number(environment, TASK);
        int count = number(environment, "SLURM_ARRAY_TASK_COUNT");
        int first = number(environment, "SLURM_ARRAY_TASK_MIN");
        int last = number(environment, "SLURM_ARRAY_TASK_MAX");
        if (count < 1 || task < first || task > last || last - first + 1 != count) {
            throw new CommandLine.TypeConversionException(
                    "slurm needs an array without gaps, such as --array=1-8, but this one has "
                            + count + " tasks numbered " + first + " to " + last
                            + "; to repeat single tasks, requeue them with scontrol, or write --shard \"$" + TASK
                            + "/N\"");
        }
        return new Shard(task % count, count);
    }

    private static int number(UnaryOperator<String> environment, String variable) {
        String value = environment.apply(variable);
        if (value.isEmpty()) {
            throw new CommandLine.TypeConversionException("slurm reads the variable " + variable
                    + ", which only tasks of a SLURM job array have; submit with sbatch --array=1-8, or write"
                    + " I/N");
        }
        if (!value.matches("\\d{1,9}")) {
            throw new CommandLine.TypeConversionException(
                    "the variable " + variable + " is \"" + value + "\", not a number");
        }
        return Integer.parseInt(value);
    }

    /** Returns whether a run is in this share. */
    public boolean holds(String run) {
        return count == 1 || Long.remainderUnsigned(hash(run), count) == index;
    }

    /**
     * Returns whether this is the share that also does what belongs to no run.
     *
     * <p>These are the configuration, object definitions, density maps and files outside runs.
     */
    public boolean isFirst() {
        return index == (count == 1 ? 0 : 1);
    }

    /** Returns whether this share is the whole project. */
    public boolean isWhole() {
        return count == 1;
    }

    /** Returns the text that {@code --shard} takes, with a number from 1 to the count. */
    @Override
    public String toString() {
        return (index == 0 ? count : index) + "/" + count;
    }

    private static long hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** Parses the value of {@code --shard}. */
    static final class Converter implements CommandLine.ITypeConverter<Shard> {
        Converter() {}

        @Override
        public Shard convert(String text) {
            return parse(text, name -> Objects.requireNonNullElse(System.getenv(name), ""));
        }
    }
}
