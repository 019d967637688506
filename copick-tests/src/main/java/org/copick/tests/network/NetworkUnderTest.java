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
    /** Where the server listens. */
    URI endpoint();

    /** The root as a configuration says it, such as {@code s3://bucket/folder}. */
    String rootUrl();

    /** The arguments by which a configuration reaches the server when it listens there. */
    Map<String, Object> arguments(URI endpoint);

    @Override
    default Optional<String> root() {
        return Optional.of(rootUrl());
    }

    @Override
    default Map<String, Object> arguments() {
        return arguments(endpoint());
    }

    /** Opens the place by these arguments, waiting for an answer no longer than this, and asking {@link #ATTEMPTS} times. */
    ObjectStore open(URI endpoint, Duration patience);

    /** How often {@link #open(URI, Duration)} has a request made that fails for a reason that may pass. */
    int ATTEMPTS = 4;

    /** Opens a bucket that is not there. */
    ObjectStore openMissingBucket();

    /** Opens the place with credentials that hold this text, and are good for nothing. */
    ObjectStore openWith(URI endpoint, String secret);

    /** The answer to a caller that asks too often. */
    Answer throttling();

    /** The answer to a caller without permission. */
    Answer refusal();

    /** The answer to a listing that names one object of the bucket. */
    Answer listing(String name);

    /** The purpose of a request: {@code LIST}, {@code GET}, {@code HEAD}, {@code PUT}, {@code DELETE}, or anything else. */
    String kind(Message request);

    /** Whether the server serves several requests by one connection, as all but the simplest do. */
    default boolean keepsConnections() {
        return true;
    }
}
