package org.copick.portal;

import java.time.Duration;

/**
 * Timeouts and attempts of requests to the portal.
 *
 * @param connect the maximum time to open a connection
 * @param answer the maximum time of one attempt, from the request to the end of the answer
 * @param total the maximum time of a request with all its attempts
 * @param attempts the maximum number of attempts, at least 1
 */
record PortalTimes(Duration connect, Duration answer, Duration total, int attempts) {
    /**
     * The default. Workers of the service end after 120 s, so a longer wait for an answer never helps; 60 s leave time
     * to ask again for less.
     */
    static final PortalTimes DEFAULT =
            new PortalTimes(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(180), 5);
}
