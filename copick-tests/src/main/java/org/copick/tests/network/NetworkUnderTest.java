package org.copick.tests.network;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.copick.storage.ObjectStore;
import org.copick.tests.StoreUnderTest;
import org.copick.tests.network.FaultyProxy.Answer;

/** A place on a server that can be reached through a {@link FaultyProxy}. */
public interface NetworkUnderTest extends StoreUnderTest {
    /** {@return the URL at which the server listens} */
    URI endpoint();

    /** {@return the root for the configuration of a project, such as {@code s3://bucket/folder}} */
    String rootUrl();

    /**
     * {@return the arguments with which a configuration reaches the server at this URL}
     *
     * @param endpoint the URL of the server, or of a proxy in front of it
     */
    Map<String, Object> arguments(URI endpoint);

    @Override
    default Optional<String> root() {
        return Optional.of(rootUrl());
    }

    @Override
    default Map<String, Object> arguments() {
        return arguments(endpoint());
    }

    /**
     * Opens the place through a server at this URL, with this time-out for answers and {@link #ATTEMPTS} attempts.
     *
     * @param endpoint the URL of the server, or of a proxy in front of it
     * @param patience the longest wait for an answer
     * @return a new store
     */
    ObjectStore open(URI endpoint, Duration patience);

    /** The number of attempts that {@link #open(URI, Duration)} allows for transient failures. */
    int ATTEMPTS = 4;

    /**
     * Opens a bucket that does not exist.
     *
     * @return a new store
     */
    ObjectStore openMissingBucket();

    /**
     * Opens the place with invalid credentials that contain this text.
     *
     * @param endpoint the URL of the server, or of a proxy in front of it
     * @param secret the text that no message may contain
     * @return a new store
     */
    ObjectStore openWith(URI endpoint, String secret);

    /** {@return the answer with which the service throttles a caller} */
    Answer throttling();

    /** {@return the answer to a caller without permission} */
    Answer refusal();

    /**
     * {@return the answer to a listing that contains one object of the bucket}
     *
     * @param name the key of the object
     */
    Answer listing(String name);

    /**
     * {@return the purpose of a request: {@code LIST}, {@code GET}, {@code HEAD}, {@code PUT}, {@code DELETE}, or other
     * text}
     *
     * @param request a request of the store
     */
    String kind(Message request);

    /** {@return whether the server handles several requests on one connection, as most servers do} */
    default boolean keepsConnections() {
        return true;
    }
}
