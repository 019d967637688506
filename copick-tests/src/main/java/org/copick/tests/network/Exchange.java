package org.copick.tests.network;

/** A request that passed a {@link FaultyProxy}, and its outcome. */
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

    /** {@return the request} */
    public Message request() {
        return request;
    }

    /** {@return the status of the answer, or 0 if there is none yet} */
    public int status() {
        return status;
    }

    /** {@return the number of bytes of content in the answer} */
    public int received() {
        return received;
    }

    /** Returns method and path. */
    @Override
    public String toString() {
        return request.method() + " " + request.path();
    }
}
