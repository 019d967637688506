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
    /** Returns the URL at which the server listens. */
    URI endpoint();

    /** Returns the root for the configuration of a project, such as {@code s3://bucket/folder}. */
    String rootUrl();

    /** Returns the arguments with which a configuration reaches the server at this URL. */
    Map<String, Object> arguments(URI endpoint);

    @Override
    default Optional<String> root() {
        return Optional.of(rootUrl());
    }

    @Override
    default Map<String, Object> arguments() {
        return arguments(endpoint());
    }

    /** Opens the place through a server at this URL, with this time-out for answers and {@link #ATTEMPTS} attempts. */
    ObjectStore open(URI endpoint, Duration patience);

    /** The number of attempts that {@link #open(URI, Duration)} allows for transient failures. */
    int ATTEMPTS = 4;

    /** Opens a bucket that does not exist. */
    ObjectStore openMissingBucket();

    /** Opens the place with invalid credentials that contain this text. */
    ObjectStore openWith(URI endpoint, String secret);

    /** Returns the answer with which the service throttles a caller. */
    Answer throttling();

    /** Returns the answer to a caller without permission. */
    Answer refusal();

    /** Returns the answer to a listing that contains one object of the bucket. */
    Answer listing(String name);

    /**
     * Returns the purpose of a request: {@code LIST}, {@code GET}, {@code HEAD}, {@code PUT}, {@code DELETE}, or other
     * text.
     */
    String kind(Message request);

    /** Returns whether the server handles several requests on one connection, as most servers do. */
    default boolean keepsConnections() {
        return true;
    }
}
