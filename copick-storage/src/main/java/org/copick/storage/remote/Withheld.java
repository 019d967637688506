package org.copick.storage.remote;

import org.copick.error.CopickException;

/**
 * Tells why the credentials of this machine do not go to a service.
 *
 * @param why a short sentence
 * @param remedy how to name credentials for it
 */
public record Withheld(String why, String remedy) {
    /** Credentials that the configuration does not hold, for an endpoint that it alone names. */
    public static Withheld fromEndpoint(String remedy) {
        return new Withheld("only the configuration names this endpoint", remedy);
    }

    /**
     * The exception for it.
     *
     * @param detail what the service says to requests without credentials; empty if none was sent
     */
    public CopickException failure(String operation, String where, String detail, Throwable cause) {
        return FailureKind.WITHHELD.failure(
                operation, where, detail.isEmpty() ? why : why + "; " + detail, remedy, cause);
    }
}
