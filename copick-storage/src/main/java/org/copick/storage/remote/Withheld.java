package org.copick.storage.remote;

import org.copick.error.CopickException;

/**
 * The reason for which this machine's credentials are not sent to a service.
 *
 * @param why the reason, as a short sentence
 * @param remedy the way to configure credentials for the service
 */
public record Withheld(String why, String remedy) {
    /**
     * {@return the reason for an endpoint that the configuration names, but the user's environment does not}
     *
     * @param remedy the way to configure credentials for the service
     */
    public static Withheld fromEndpoint(String remedy) {
        return new Withheld("only the configuration names this endpoint", remedy);
    }

    /**
     * {@return the exception for a request that needs these credentials}
     *
     * @param operation the operation, such as {@code read}
     * @param where the location, without credentials
     * @param detail the service's response to a request without credentials; empty if none was sent
     * @param cause the failure of the request, or a placeholder if none was sent
     */
    public CopickException failure(String operation, String where, String detail, Throwable cause) {
        return FailureKind.WITHHELD.failure(
                operation, where, detail.isEmpty() ? why : why + "; " + detail, remedy, cause);
    }
}
