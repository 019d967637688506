package org.copick.gcs.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server with one answer per path, with or without TLS, that records requests. */
public final class Loopback implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    static {
        // read once in a process; without it every answer of every server takes 40 ms
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final String scheme;
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    /** An answer: status, headers, content. */
    public record Answer(int status, Map<String, String> headers, String body) {}

    private Loopback(HttpServer server, String scheme, Function<String, Answer> answers) {
        this.server = server;
        this.scheme = scheme;
        server.createContext("/", exchange -> answer(exchange, answers));
        server.start();
    }

    /** Starts a server without encryption; answers are chosen by method and path. */
    public static Loopback plain(Function<String, Answer> answers) throws IOException {
        return new Loopback(HttpServer.create(anyPort(), 10), "http", answers);
    }

    /** Starts a server with this certificate. */
    public static Loopback encrypted(Path keys, Function<String, Answer> answers)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(anyPort(), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new Loopback(server, "https", answers);
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Creates a key for {@code localhost} with a self-signed certificate and the JDK's default password. */
    public static Path keys(Path file) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "localhost",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String told = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new AssertionError("keytool failed: " + told);
        }
        return file;
    }

    /** Returns the URL at which the server listens. */
    public String url() {
        return scheme + "://localhost:" + server.getAddress().getPort();
    }

    /** Returns the requests since the last call, each with its header {@code Authorization}. */
    public String seen() {
        String all = String.join("\n", seen);
        seen.clear();
        return all;
    }

    private void answer(HttpExchange exchange, Function<String, Answer> answers) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        seen.add(request + " " + exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
        Answer answer = answers.apply(request);
        answer.headers.forEach(exchange.getResponseHeaders()::add);
        byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
