package org.copick.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.copick.error.InvalidConfigException;
import org.copick.error.InvalidNameException;
import org.copick.storage.Keys;
import org.copick.storage.StoreAddress;
import org.copick.storage.remote.BucketAddress;

/**
 * The address of a folder of a web server.
 *
 * @param origin the scheme, host and port
 * @param prefix the path below the origin, percent-encoded: empty, or ending with {@code /}
 */
record HttpRoot(Origin origin, String prefix) {
    private static final String HEX = "0123456789ABCDEF";

    /**
     * Parses an address. Escapes such as {@code %20} in its path are kept; other characters are escaped as needed.
     *
     * @throws InvalidConfigException if the address is invalid, or has a user name, a query or a fragment
     */
    static HttpRoot of(StoreAddress address) {
        if (address.url().indexOf('?') >= 0 || address.url().indexOf('#') >= 0) {
            throw new InvalidConfigException(
                    "cannot open " + address.url() + ": a query or fragment (? or #) belongs to a"
                            + " single object, not to a folder; write ? as %3F and # as %23 if they are part of a name");
        }
        String path = address.path();
        int slash = path.indexOf('/');
        Origin origin = origin(address, slash < 0 ? path : path.substring(0, slash));
        String folder = slash < 0 ? "" : path.substring(slash + 1).replaceFirst("/+$", "");
        return new HttpRoot(origin, folder.isEmpty() ? "" : encodedFolder(address, folder) + "/");
    }

    private static Origin origin(StoreAddress address, String authority) {
        try {
            URI uri = new URI(address.scheme() + "://" + authority).parseServerAuthority();
            if (uri.getHost() != null && uri.getUserInfo() == null && uri.getPort() <= 65535) {
                return Origin.of(uri);
            }
        } catch (URISyntaxException e) {
            // the exception may quote a password
        }
        throw new InvalidConfigException(
                "cannot open " + address.url() + ": the host is missing or invalid; write " + address.scheme()
                        + "://host/folder, without a user name, and letters beyond ASCII in a host as xn--…");
    }

    private static String encodedFolder(StoreAddress address, String folder) {
        String encoded = encoded(folder, true);
        try {
            Keys.checked(URI.create("/" + encoded).getPath().substring(1));
            return encoded;
        } catch (InvalidNameException e) {
            throw new InvalidConfigException("cannot open " + address.url() + ": " + e.getMessage(), e);
        }
    }

    /** Returns the location of the store, without a slash at its end. */
    String location() {
        return origin + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
    }

    /** Returns the address for messages and limits. */
    BucketAddress address() {
        return new BucketAddress(origin.authority(), prefix);
    }

    /**
     * Returns the URL of an object.
     *
     * @throws InvalidNameException if the key is not Unicode text
     */
    URI uri(String key) {
        return URI.create(origin + "/" + prefix + encoded(key, false));
    }

    /**
     * Percent-encodes all characters that have a meaning in some part of a URL or for some server, such as {@code +}.
     *
     * @param keepsEscapes whether {@code %} followed by two hexadecimal digits stays
     */
    private static String encoded(String path, boolean keepsEscapes) {
        StringBuilder encoded = new StringBuilder(path.length() + 16);
        ByteBuffer bytes = utf8(path);
        while (bytes.hasRemaining()) {
            int at = bytes.position();
            int b = bytes.get() & 0xff;
            boolean stays = b == '/'
                    || isUnreserved(b)
                    || (keepsEscapes && b == '%' && isHex(bytes, at + 1) && isHex(bytes, at + 2));
            if (stays) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 15));
            }
        }
        return encoded.toString();
    }

    private static ByteBuffer utf8(String text) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new InvalidNameException("\"" + text + "\" cannot be part of a URL: it is not Unicode text", e);
        }
    }

    /** Returns whether a character needs no escape anywhere; see RFC 3986, section 2.3. */
    private static boolean isUnreserved(int b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || "-._~".indexOf(b) >= 0;
    }

    private static boolean isHex(ByteBuffer bytes, int at) {
        return at < bytes.limit()
                && HEX.indexOf(String.valueOf((char) bytes.get(at)).toUpperCase(Locale.ROOT)) >= 0;
    }

    @Override
    public String toString() {
        return location();
    }
}
