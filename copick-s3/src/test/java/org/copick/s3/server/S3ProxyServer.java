package org.copick.s3.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.copick.tests.network.FreshPorts;

/**
 * An S3Proxy server in another process, on the loopback interface and a free port.
 *
 * <p>All tests of this process share it, and it ends with this process. It also ends if this process is killed, because
 * its standard input then ends.
 */
public final class S3ProxyServer {
    /** The access key. */
    public static final String KEY = "local-identity";
    /** The secret key. */
    public static final String SECRET = "local-credential";

    private static final int ATTEMPTS = 3;
    private static final long PATIENCE_SECONDS = 120;
    private static final String LISTENING = "the server listens";

    private final URI endpoint;

    private S3ProxyServer(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** Returns the server of this process, starting it on the first call. */
    public static S3ProxyServer running() {
        return Running.SERVER;
    }

    /** Returns the URL at which the server listens. */
    public URI endpoint() {
        return endpoint;
    }

    private static final class Running {
        static final S3ProxyServer SERVER = start();
    }

    private static S3ProxyServer start() {
        for (int attempt = 1; ; attempt++) {
            try {
                return tryToStart();
            } catch (IOException e) {
                // another process may have taken the port meanwhile
                if (attempt == ATTEMPTS) {
                    throw new UncheckedIOException("cannot start the server of the tests", e);
                }
            }
        }
    }

    private static S3ProxyServer tryToStart() throws IOException {
        URI endpoint = URI.create("http://127.0.0.1:" + freePort());
        Path folder = Files.createTempDirectory("copick-s3proxy");
        Properties properties = new Properties();
        properties.setProperty("s3proxy.endpoint", endpoint.toString());
        properties.setProperty("s3proxy.authorization", "aws-v2-or-v4");
        properties.setProperty("s3proxy.identity", KEY);
        properties.setProperty("s3proxy.credential", SECRET);
        properties.setProperty("jclouds.provider", "transient-nio2");
        properties.setProperty("jclouds.identity", "any");
        properties.setProperty("jclouds.credential", "any");
        Path file = folder.resolve("s3proxy.properties");
        try (var out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-DLOG_LEVEL=warn",
                        "-cp",
                        Path.of("target", "server", "s3proxy.jar")
                                + System.getProperty("path.separator")
                                + Path.of("target", "test-classes"),
                        WithParent.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, folder)));
        await(process, log);
        return new S3ProxyServer(endpoint);
    }

    /** Waits until the process reports that it listens; a connection to the port could also reach another process. */
    private static void await(Process process, Path log) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.readString(log).contains(LISTENING)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException("the server did not start; its output: " + Files.readString(log));
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    private static void end(Process process, Path folder) {
        process.destroyForcibly();
        try (var files = Files.list(folder)) {
            process.waitFor(5, TimeUnit.SECONDS);
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException | InterruptedException e) {
            // ignored: a folder of two small files stays
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = FreshPorts.listen(1)) {
            return socket.getLocalPort();
        }
    }

    /** Runs the server's own program and ends it when the parent process has ended. */
    static final class WithParent {
        private WithParent() {}

        public static void main(String[] args) throws Exception {
            Thread watch = new Thread(() -> {
                try (InputStream in = System.in) {
                    while (in.read() >= 0) {
                        // the parent never writes
                    }
                } catch (IOException e) {
                    // treated like the end of the input
                }
                Runtime.getRuntime().halt(0);
            });
            watch.setDaemon(true);
            watch.start();
            Class.forName("org.gaul.s3proxy.Main")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[] {"--properties", args[0]});
            System.out.println(LISTENING);
        }
    }
}
