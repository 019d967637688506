package org.copick.storage.remote;

import org.copick.error.CopickException;

/**
 * The reason for which this machine's credentials are not sent to a service.
 *
 * @param why the reason, as a short sentence
 * @param remedy the way to configure credentials for the service
 */
public record Withheld(String why, String remedy) {
    /** Returns the reason for an endpoint that the configuration names, but the user's environment does not. */
    public static Withheld fromEndpoint(String remedy) {
        return new Withheld("only the configuration names this endpoint", remedy);
    }

    /**
     * Returns the exception for a request that needs these credentials.
     *
     * @param detail the service's response to a request without credentials; empty if none was sent
     */
    public CopickException failure(String operation, String where, String detail, Throwable cause) {
        return FailureKind.WITHHELD.failure(
                operation, where, detail.isEmpty() ? why : why + "; " + detail, remedy, cause);
    }
}
