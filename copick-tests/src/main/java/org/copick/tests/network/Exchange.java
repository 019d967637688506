package org.copick.tests.network;

/** A request that a {@link FaultyProxy} saw, and what became of it. */
public final class Exchange {
    private final Message request;
    private volatile int status;
    private volatile int received;

    Exchange(Message request) {
        this.request = request;
    }

    void finish(int withStatus, int bytes) {
        status = withStatus;
        received = bytes;
    }

    /** What was asked. */
    public Message request() {
        return request;
    }

    /** The answer's status, 0 before there is one. */
    public int status() {
        return status;
    }

    /** How many bytes of content came back. */
    public int received() {
        return received;
    }

    /** Method and path. */
    @Override
    public String toString() {
        return request.method() + " " + request.path();
    }
}
