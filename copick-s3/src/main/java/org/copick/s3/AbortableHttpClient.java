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
 * Lets requests be cut short while they wait for the network, sends no further ones for what was cut short, and {@linkplain
 * AnswerBody bounds} their answers. The client that it uses is made meanwhile, by another thread.
 */
final class AbortableHttpClient implements SdkHttpClient {
    private final CompletableFuture<SdkHttpClient> client;
    private final RetryPolicy retryPolicy;

    AbortableHttpClient(Supplier<SdkHttpClient> making, RetryPolicy retryPolicy) {
        this.retryPolicy = retryPolicy;
        this.client = CompletableFuture.supplyAsync(making, AbortableHttpClient::start);
    }

    /** A thread of its own, which has the class loader of this one. */
    private static void start(Runnable making) {
        Thread thread = new Thread(making, "copick-s3-client");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until the client is there; throws what making it has thrown. */
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
                    throw AbortedException.create("the request was cut short");
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
