package org.copick.tests.network;

import java.util.List;

/** A request that a {@link FaultyProxy} saw, and what became of it. */
public final class Exchange {
    private final Message request;
    private final long began = System.nanoTime();
    private volatile long ended = Long.MAX_VALUE;
    private volatile int status;
    private volatile int received;

    Exchange(Message request) {
        this.request = request;
    }

    void finish(int withStatus, int bytes) {
        status = withStatus;
        received = bytes;
        ended = System.nanoTime();
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

    /**
     * How many of these requests had to wait for one another: the length of the longest chain of which each began after the
     * one before had ended.
     */
    public static int rounds(List<Exchange> exchanges) {
        int longest = 0;
        int[] chain = new int[exchanges.size()];
        for (int i = 0; i < chain.length; i++) {
            chain[i] = 1;
            for (int j = 0; j < i; j++) {
                if (exchanges.get(j).ended < exchanges.get(i).began) {
                    chain[i] = Math.max(chain[i], chain[j] + 1);
                }
            }
            longest = Math.max(longest, chain[i]);
        }
        return longest;
    }
}
