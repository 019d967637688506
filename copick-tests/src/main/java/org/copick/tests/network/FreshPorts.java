package org.copick.tests.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Ports of the loopback interface that no server of this process has had before.
 *
 * <p>Stores remember until the program ends what the service at an address supports. The system may give the port of a
 * closed server to the next one, which would then be taken for the earlier one.
 */
public final class FreshPorts {
    private static final Set<Integer> USED = new HashSet<>();

    private FreshPorts() {}

    /**
     * Returns a socket that listens at a fresh port.
     *
     * @param backlog the number of connections that may wait
     * @return the socket, which the caller closes
     */
    public static synchronized ServerSocket listen(int backlog) {
        List<ServerSocket> used = new ArrayList<>();
        try {
            while (true) {
                ServerSocket socket = new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
                if (USED.add(socket.getLocalPort())) {
                    return socket;
                }
                // stays open until another is found, or the system might offer it again
                used.add(socket);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            for (ServerSocket socket : used) {
                close(socket);
            }
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
