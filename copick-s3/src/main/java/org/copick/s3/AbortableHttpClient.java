package org.copick.s3;

import java.io.IOException;
import org.copick.storage.remote.Requests;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** Lets requests be cut short while they wait for the network, and sends no further ones for what was cut short. */
final class AbortableHttpClient implements SdkHttpClient {
    private final SdkHttpClient client;

    AbortableHttpClient(SdkHttpClient client) {
        this.client = client;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = client.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                if (Requests.isCancelled()) {
                    throw AbortedException.create("the request was cut short");
                }
                Requests.onCancel(prepared::abort);
                return prepared.call();
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }
}
