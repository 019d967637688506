package org.copick.fs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.OnExisting;
import org.copick.Root;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.config.ProjectConfig;
import org.copick.error.ConflictException;
import org.copick.error.CopickException;
import org.copick.picks.Point;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoredObject;
import org.copick.storage.WriteCondition;

/**
 * The process of a user. Each line of its input is a task: a name, a folder and arguments, separated by spaces. The
 * answer to each is a line with the result or the exception.
 */
final class UserProcess {
    private UserProcess() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] words = line.split(" ", -1);
            String answer;
            try {
                answer = words[0].startsWith("project-") ? inProject(words) : inStore(words);
            } catch (CopickException e) {
                answer = e.getClass().getSimpleName() + ": " + e.getMessage();
            }
            System.out.println(answer.replace('\n', ' '));
        }
    }

    private static String inStore(String[] words) {
        try (ObjectStore store = new LocalStore(Path.of(words[1]))) {
            String key = words[2];
            switch (words[0]) {
                case "write" -> store.write(key, bytes(words[3]), WriteCondition.ANY);
                case "create" -> store.write(key, bytes(words[3]), WriteCondition.IF_ABSENT);
                case "replace" -> {
                    StoredObject old = store.read(key).orElseThrow();
                    store.write(
                            key,
                            bytes(words[3]),
                            WriteCondition.ifVersion(old.info().version()));
                }
                case "count" -> count(store, key, Integer.parseInt(words[3]));
                case "delete" -> store.delete(key);
                case "delete-prefix" -> store.deletePrefix(key);
                case "replace-prefix" -> store.replacePrefix(key, words[3], WriteCondition.ANY);
                default -> throw new IllegalArgumentException(words[0]);
            }
            return "ok";
        }
    }

    private static void count(ObjectStore store, String key, int times) {
        for (int done = 0; done < times; ) {
            StoredObject seen = store.read(key).orElseThrow();
            int next = Integer.parseInt(new String(seen.bytes(), StandardCharsets.UTF_8)) + 1;
            try {
                store.write(
                        key,
                        bytes(Integer.toString(next)),
                        WriteCondition.ifVersion(seen.info().version()));
                done++;
            } catch (ConflictException e) {
                // another user has incremented the counter
            }
        }
    }

    /** Runs a task in a project whose only root is the folder. */
    private static String inProject(String[] words) {
        ProjectConfig config = ProjectConfig.parse("""
                {"overlay_root": "%s", "pickable_objects":
                [{"name": "ribo", "is_particle": true, "label": 1, "radius": 100}]}""".formatted(words[1]), "test");
        try (Root root = Copick.open(config, null)) {
            String run = words[2];
            switch (words[0]) {
                case "project-run" -> root.newRun(run);
                case "project-has-run" -> {
                    return String.valueOf(root.findRun(run).isPresent());
                }
                case "project-spacing" -> root.run(run).newVoxelSpacing(Double.parseDouble(words[3]));
                case "project-picks" ->
                    root.run(run)
                            .newPicks(AnnotationId.of("ribo").user(words[3]).session("1"))
                            .write(points(words[4]));
                case "project-repick" -> {
                    root.run(run)
                            .picks(AnnotationId.of("ribo").user(words[3]).session("1"))
                            .write(points(words[4]));
                }
                case "project-count" -> {
                    return ""
                            + root.run(run)
                                    .picks(AnnotationId.of("ribo")
                                            .user(words[3])
                                            .session("1"))
                                    .points()
                                    .size();
                }
                case "project-tomogram" ->
                    root.run(run)
                            .voxelSpacing(10)
                            .newTomogram(
                                    "wbp",
                                    VolumeData.of(new float[] {Float.parseFloat(words[3])}, 1, 1, 1),
                                    VolumeOptions.defaults().onExisting(OnExisting.REPLACE));
                default -> throw new IllegalArgumentException(words[0]);
            }
            return "ok";
        }
    }

    private static List<Point> points(String count) {
        return IntStream.range(0, Integer.parseInt(count))
                .mapToObj(i -> Point.at(i, 2, 3))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
