package org.copick.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Tests of shares of the runs. */
final class ShardTest {
    /** Python: {@code int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") % count}. */
    @ParameterizedTest
    @CsvSource({
        "TS_001, 1, 0, 1, 841",
        "TS_002, 1, 0, 3, 771",
        "10301, 0, 2, 2, 850",
        "Ж 1, 1, 2, 1, 105",
        "run-é, 0, 4, 4, 100",
        "𝒳, 1, 6, 1, 377"
    })
    void aRunIsInTheShareThatPythonComputes(String run, int of2, int of7, int of8, int of1000) {
        assertTrue(Shard.WHOLE.holds(run));
        assertTrue(new Shard(of2, 2).holds(run));
        assertTrue(new Shard(of7, 7).holds(run));
        assertTrue(new Shard(of8, 8).holds(run));
        assertTrue(new Shard(of1000, 1000).holds(run));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 50})
    void everyRunIsInOneShare(int count) {
        int[] sizes = new int[count];
        for (int run = 0; run < 1000; run++) {
            int shares = 0;
            for (int i = 0; i < count; i++) {
                boolean held = new Shard(i, count).holds("TS_" + run);
                shares += held ? 1 : 0;
                sizes[i] += held ? 1 : 0;
            }
            assertEquals(1, shares);
        }
        for (int size : sizes) {
            assertTrue(size > 1000 / count / 3, () -> "a share has " + size + " of 1000 runs, of " + count + " shares");
        }
    }

    @Test
    void oneShareDoesWhatBelongsToNoRun() {
        for (int count : new int[] {1, 2, 3, 100}) {
            int firsts = 0;
            for (int i = 0; i < count; i++) {
                firsts += new Shard(i, count).isFirst() ? 1 : 0;
            }
            assertEquals(1, firsts);
        }
        assertTrue(parsed("1/8").isFirst());
        assertTrue(parsed("1/1").isFirst());
        assertTrue(parsed("0/1").isFirst());
    }

    @Test
    void sharesCountFromZeroOrFromOne() {
        assertEquals(parsed("0/8"), parsed("8/8"));
        assertEquals("8/8", parsed("0/8").toString());
        assertEquals("3/8", parsed("3/8").toString());
        assertEquals(Shard.WHOLE, parsed("1/1"));
        assertEquals(new Shard(7, 8), parsed("07/8"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "3", "9/8", "-1/8", "1/0", "0/0", "1/-8", "1 / 8", "1/8/2", "SLURM", "99999999999/8", "a/b"})
    void otherTextsAreRefused(String text) {
        assertTrue(refusal(text, Map.of()).contains("write I/N, such as 3/8"), text);
    }

    @ParameterizedTest
    @CsvSource({"1,8,3,3/8", "0,7,0,8/8", "0,7,7,7/8", "1,8,8,8/8", "5,12,12,4/8", "4,4,4,1/1"})
    void tasksOfAnArrayTakeEveryShare(int first, int last, int task, String share) {
        assertEquals(
                share,
                Shard.parse("slurm", array(first, last, last - first + 1, task)::get)
                        .toString());
    }

    @Test
    void arraysFromAnyNumberHoldEveryShare() {
        for (int first = 0; first < 20; first++) {
            boolean[] taken = new boolean[8];
            for (int task = first; task < first + 8; task++) {
                taken[
                        Shard.parse("slurm", array(first, first + 7, 8, task)::get)
                                .index()] = true;
            }
            for (boolean each : taken) {
                assertTrue(each);
            }
        }
    }

    @Test
    void anArrayWithGapsIsRefused() {
        String gaps = refusal("slurm", array(3, 5, 2, 5));
        assertTrue(gaps.contains("2 tasks numbered 3 to 5") && gaps.contains("scontrol"), gaps);
        assertTrue(refusal("slurm", array(0, 14, 8, 14)).contains("without gaps"));
        assertTrue(refusal("slurm", array(1, 8, 8, 9)).contains("without gaps"));
    }

    @Test
    void missingAndInvalidVariablesAreRefused() {
        for (String variable : array(1, 8, 8, 3).keySet()) {
            Map<String, String> environment = array(1, 8, 8, 3);
            environment.put(variable, "");
            String missing = refusal("slurm", environment);
            assertTrue(missing.contains(variable) && missing.contains("sbatch --array=1-8"), missing);
            environment.put(variable, "x");
            assertTrue(refusal("slurm", environment).contains("\"x\", not a number"));
        }
        assertFalse(refusal("slurm", Map.of()).isEmpty());
    }

    private static Shard parsed(String text) {
        return Shard.parse(text, name -> "");
    }

    private static String refusal(String text, Map<String, String> environment) {
        return String.valueOf(assertThrows(
                        TypeConversionException.class,
                        () -> Shard.parse(text, name -> environment.getOrDefault(name, "")))
                .getMessage());
    }

    private static Map<String, String> array(int first, int last, int count, int task) {
        return new HashMap<>(Map.of(
                "SLURM_ARRAY_TASK_ID", "" + task,
                "SLURM_ARRAY_TASK_COUNT", "" + count,
                "SLURM_ARRAY_TASK_MIN", "" + first,
                "SLURM_ARRAY_TASK_MAX", "" + last));
    }
}
