package org.copick.fs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.copick.error.AccessDeniedException;

/** Another user of this machine, with a {@link UserProcess}. Only root can start one. */
final class User implements AutoCloseable {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Process process;
    private final BufferedReader answers;
    private final Writer tasks;

    private User(Process process) {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.tasks = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    }

    /**
     * Returns whether this process can run processes as other users, which some containers deny even to root. Those
     * users must also be able to start Java and to access this folder.
     */
    static boolean canBeStarted(Path folder) throws IOException, InterruptedException {
        Ownership own = Ownership.of(Path.of("/proc/self"));
        String test = "test -x \"$0\" && test -x \"$1\"";
        return own != null
                && own.uid() == 0
                && runs(List.of(
                        "setpriv", "--reuid=60001", "--clear-groups", "sh", "-c", test, JAVA, folder.toString()));
    }

    private static boolean runs(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Starts a process.
     *
     * @param groups supplementary groups, separated by commas; may be empty
     * @param classPath a class path that everybody can read
     */
    static User start(int uid, String groups, String umask, String classPath) throws IOException {
        List<String> command = new ArrayList<>(List.of("setpriv", "--reuid=" + uid, "--regid=" + uid));
        command.add(groups.isEmpty() ? "--clear-groups" : "--groups=" + groups);
        command.addAll(List.of("sh", "-c", "umask " + umask + "; exec \"$0\" \"$@\""));
        command.addAll(List.of(
                JAVA,
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                classPath,
                UserProcess.class.getName()));
        return new User(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /**
     * Copies this process's class path to a folder that everybody can read, and returns the class path of the copies.
     */
    static String readableClassPath(Path folder) throws IOException {
        List<String> copies = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(":", -1)) {
            Path source = Path.of(entry);
            if (Files.exists(source)) {
                Path copy = folder.resolve(copies.size() + "-" + source.getFileName());
                copyTree(source, copy);
                copies.add(copy.toString());
            }
        }
        return String.join(":", copies);
    }

    private static void copyTree(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectory(copy);
                    Ownership.setMode(copy, 0755);
                } else {
                    Files.copy(file, copy);
                    Ownership.setMode(copy, 0644);
                }
            }
        }
    }

    /** Starts a task without waiting for its answer. */
    void begin(String task, Object... words) {
        StringBuilder line = new StringBuilder(task);
        for (Object word : words) {
            line.append(' ').append(word);
        }
        try {
            tasks.write(line.append('\n').toString());
            tasks.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the answer to a task. */
    String answer() {
        try {
            String answer = answers.readLine();
            if (answer == null) {
                throw new AssertionError("the process of another user ended");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasAnswered() throws IOException {
        return answers.ready();
    }

    /** Returns whether the process waits for a file lock, shown by an arrow in {@code /proc/locks}; see proc(5). */
    boolean waitsForALock() throws IOException {
        String waiting = "-> .*\\b" + process.pid() + "\\b.*";
        try (Stream<String> locks = Files.lines(Path.of("/proc/locks"))) {
            return locks.anyMatch(line -> line.replaceFirst("^[0-9]+: *", "").matches(waiting));
        }
    }

    /** Runs a task and returns the answer. */
    String asks(String task, Object... words) {
        begin(task, words);
        return answer();
    }

    /** Runs a task that must succeed. */
    void does(String task, Object... words) {
        String answer = asks(task, words);
        if (!answer.equals("ok")) {
            throw new AssertionError(task + " " + List.of(words) + ": " + answer);
        }
    }

    /** Runs a task that must fail because permission is denied, and returns the message. */
    String isDenied(String task, Object... words) {
        String answer = asks(task, words);
        if (!answer.startsWith(AccessDeniedException.class.getSimpleName() + ": ")) {
            throw new AssertionError(task + " " + List.of(words) + ": " + answer);
        }
        return answer;
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
