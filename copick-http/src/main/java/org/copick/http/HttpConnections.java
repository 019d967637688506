package org.copick.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.copick.storage.remote.Requests;
import org.copick.storage.remote.SharedClients;

/**
 * The JDK's HTTP client, shared by all stores. It keeps no cookies, has no authenticator and follows no redirects, so
 * that stores cannot influence each other.
 *
 * <p>Requests use HTTP/1.1: a cancelled request then costs one connection, and no limit of a server on parallel streams
 * applies. Closing ends all connections at once where the JDK permits it, from version 21 on. Earlier versions end them
 * when the client is garbage-collected, or when the server does.
 */
final class HttpConnections {
    /** The clients by the maximum time to open a connection. */
    static final SharedClients<Duration, HttpConnections> SHARED =
            new SharedClients<>(HttpConnections::new, HttpConnections::close);

    private final HttpClient client;

    private HttpConnections(Duration connect) {
        client = HttpClient.newBuilder()
                .connectTimeout(connect)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * Sends a request and returns the response as soon as its headers have arrived. Cancelling the request of the
     * calling thread aborts the response, also while its body is read.
     *
     * @param patience the maximum time to wait for the headers, and for each next part of the body
     */
    HttpResponse<BodyStream> send(HttpRequest request, Duration patience) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<BodyStream>> sent =
                client.sendAsync(request, headers -> new BodyStream(patience));
        Requests.onCancel(() -> abort(sent));
        try {
            return sent.get();
        } catch (InterruptedException e) {
            abort(sent);
            throw e;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(cause);
        }
    }

    private static void abort(CompletableFuture<HttpResponse<BodyStream>> sent) {
        boolean isAnswered = !sent.cancel(true) && !sent.isCompletedExceptionally();
        if (isAnswered) {
            sent.join().body().abort();
        }
    }

    private void close() {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(client);
        } catch (NoSuchMethodException e) {
            // before JDK 21
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new UncheckedIOException(new IOException("cannot close the HTTP client", e));
        }
    }
}
