package org.copick.error;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Masks credentials inside URLs. These are logins before the host ({@code https://user:password@host}) and parameters
 * with signatures or tokens ({@code ?X-Amz-Signature=…}). Every message of a {@link CopickException} is masked.
 */
public final class UrlSecrets {
    private static final String MASK = "…";

    /** Schemes whose user name alone is not secret, because the password or key is given elsewhere. */
    private static final Set<String> NAMED_USERS = Set.of("ssh", "sftp", "scp", "ftp", "smb", "hdfs", "file", "local");

    /** Schemes of buckets. Their URLs have no port, so text after a colon is a password. */
    private static final Set<String> PORTLESS = Set.of("s3", "s3a", "gs", "gcs");

    private static final Pattern PORT = Pattern.compile(":\\d*$");
    private static final Pattern PARAMETER = Pattern.compile(
            "([?&;#](?:(?:x-(?:amz|goog)-)?(?:signature|credential|security-token)|awsaccesskeyid|googleaccessid|upload_?id"
                    + "|sig|sas|(?:access_|id_|refresh_|auth_)?token|auth|authorization|api[_-]?key|key|(?:client_)?secret"
                    + "|password|passwd|pwd)=)[^\\s&;#\"'<>]+",
            Pattern.CASE_INSENSITIVE);

    private UrlSecrets() {}

    /**
     * {@return the text with the credentials of every URL in it replaced by {@code …}}
     *
     * @param text any text, such as a message with several URLs in it
     */
    public static String masked(String text) {
        // messages may quote megabytes of a hostile service's answer, so no character is looked at for each URL
        StringBuilder shown = new StringBuilder(text.length());
        int done = 0;
        Extent extent = new Extent(-1, -1);
        for (int begin = text.indexOf("://"); begin >= 0; begin = text.indexOf("://", Math.max(begin + 1, done))) {
            int from = begin + 3;
            extent = from > extent.end ? Extent.from(text, from) : extent;
            int login = login(text, begin, extent);
            if (login > from) {
                shown.append(text, done, from).append(MASK);
                done = login;
            }
        }
        return PARAMETER.matcher(shown.append(text, done, text.length())).replaceAll("$1" + MASK);
    }

    /**
     * {@return whether a URL holds credentials}
     *
     * @param url one URL; spaces and quotes count as part of it
     */
    public static boolean isIn(String url) {
        String unbroken = url.replaceAll("[\\s\"'<>]", "_");
        return !masked(unbroken).equals(unbroken);
    }

    /**
     * The end of a URL in a text.
     *
     * @param end the position after its last character
     * @param at the position of its last {@code @}, or -1
     */
    private record Extent(int end, int at) {
        static Extent from(String text, int from) {
            int end = from;
            int at = -1;
            while (end < text.length()
                    && !Character.isWhitespace(text.charAt(end))
                    && "\"'<>".indexOf(text.charAt(end)) < 0) {
                at = text.charAt(end) == '@' ? end : at;
                end++;
            }
            return new Extent(end, at);
        }
    }

    /**
     * Returns the end of the secret login after {@code scheme://}, or the end of {@code scheme://} if there is none.
     */
    private static int login(String text, int begin, Extent extent) {
        int from = begin + 3;
        int slash = from;
        while (slash < extent.end && "/?#".indexOf(text.charAt(slash)) < 0) {
            slash++;
        }
        String scheme = scheme(text, begin);
        String host = text.substring(from, slash);
        int at = host.lastIndexOf('@');
        if (at < 0) {
            // a password may contain slashes, as Amazon's secret keys do
            boolean isLogin = host.indexOf(':') > 0
                    && (PORTLESS.contains(scheme) || !PORT.matcher(host).find());
            return Math.max(from, isLogin ? extent.at : -1);
        }
        String user = host.substring(0, at).toLowerCase(Locale.ROOT);
        boolean isName = NAMED_USERS.contains(scheme) && !user.contains(":") && !user.contains("%3a");
        return isName ? from : from + at;
    }

    private static String scheme(String text, int end) {
        int from = end;
        while (from > 0 && isOfScheme(text.charAt(from - 1))) {
            from--;
        }
        return text.substring(from, end).toLowerCase(Locale.ROOT);
    }

    private static boolean isOfScheme(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "+._-".indexOf(c) >= 0);
    }
}
