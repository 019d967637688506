package org.copick.error;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
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

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z0-9+._-]*$");
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
        StringBuilder shown = new StringBuilder(text.length());
        int done = 0;
        for (int begin = text.indexOf("://"); begin >= 0; begin = text.indexOf("://", Math.max(begin + 1, done))) {
            int from = begin + 3;
            int login = login(text, begin, end(text, from));
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

    /** Returns the position in {@code text} at which the URL ends. */
    private static int end(String text, int from) {
        int end = from;
        while (end < text.length()
                && !Character.isWhitespace(text.charAt(end))
                && "\"'<>".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /**
     * Returns the end of the secret login after {@code scheme://}, or the end of {@code scheme://} if there is none.
     */
    private static int login(String text, int begin, int end) {
        int from = begin + 3;
        int slash = from;
        while (slash < end && "/?#".indexOf(text.charAt(slash)) < 0) {
            slash++;
        }
        String scheme = scheme(text.substring(0, begin));
        String host = text.substring(from, slash);
        int at = host.lastIndexOf('@');
        if (at < 0) {
            // a password may contain slashes, as Amazon's secret keys do
            boolean isLogin = host.indexOf(':') > 0
                    && (PORTLESS.contains(scheme) || !PORT.matcher(host).find());
            return Math.max(from, isLogin ? text.lastIndexOf('@', end - 1) : -1);
        }
        String user = host.substring(0, at).toLowerCase(Locale.ROOT);
        boolean isName = NAMED_USERS.contains(scheme) && !user.contains(":") && !user.contains("%3a");
        return isName ? from : from + at;
    }

    private static String scheme(String before) {
        Matcher scheme = SCHEME.matcher(before);
        return scheme.find() ? scheme.group().toLowerCase(Locale.ROOT) : "";
    }
}
