package org.copick.s3;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.copick.storage.remote.AnswerBody;
import org.copick.storage.remote.AnswerBody.Limits;
import org.copick.storage.remote.Requests;
import org.copick.storage.remote.RetryPolicy;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Makes requests abortable while they wait for the network, and {@linkplain AnswerBody bounds} their answers.
 *
 * <p>An aborted call sends no further requests. Another thread creates the wrapped client in the meantime.
 */
final class AbortableHttpClient implements SdkHttpClient {
    private final CompletableFuture<SdkHttpClient> client;
    private final RetryPolicy retryPolicy;

    AbortableHttpClient(Supplier<SdkHttpClient> making, RetryPolicy retryPolicy) {
        this.retryPolicy = retryPolicy;
        this.client = CompletableFuture.supplyAsync(making, AbortableHttpClient::start);
    }

    /** Starts a daemon thread that has the class loader of the calling thread. */
    private static void start(Runnable making) {
        Thread thread = new Thread(making, "copick-s3-client");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until the client is created; throws the exception if its creation failed. */
    SdkHttpClient get() {
        try {
            return client.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException told) {
                throw told;
            }
            if (e.getCause() instanceof Error told) {
                throw told;
            }
            throw e;
        }
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = get().prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                if (Requests.isCancelled()) {
                    throw AbortedException.create("the request was aborted");
                }
                Requests.onCancel(prepared::abort);
                HttpExecuteResponse response = prepared.call();
                return response.responseBody().isEmpty() ? response : bounded(request.httpRequest(), response);
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    private HttpExecuteResponse bounded(SdkHttpRequest request, HttpExecuteResponse response) {
        AbortableInputStream body = response.responseBody().orElseThrow();
        AnswerBody bounded = new AnswerBody(body, retryPolicy, limits(request, response), body::abort);
        return HttpExecuteResponse.builder()
                .response(response.httpResponse())
                .responseBody(AbortableInputStream.create(bounded, body))
                .build();
    }

    private static Limits limits(SdkHttpRequest request, HttpExecuteResponse response) {
        if (request.method() != SdkHttpMethod.GET) {
            return Limits.SIZE;
        }
        boolean isObject = response.httpResponse().isSuccessful()
                && !request.rawQueryParameters().containsKey("list-type");
        return isObject ? Limits.RATE : Limits.RATE_AND_SIZE;
    }

    @Override
    public String clientName() {
        return "Apache5";
    }

    @Override
    public void close() {
        SdkHttpClient made = client.exceptionally(failure -> null).join();
        if (made != null) {
            made.close();
        }
    }
}
