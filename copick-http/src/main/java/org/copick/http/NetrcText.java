package org.copick.http;

import java.util.Optional;
import org.copick.http.Netrc.Login;

/** Reads the text of a file {@code .netrc} from its beginning to its end. For use by one thread. */
final class NetrcText {
    private final String text;
    private int at;

    NetrcText(String text) {
        this.text = text;
    }

    /**
     * Returns the first login for a host; empty if there is none.
     *
     * @throws IllegalArgumentException if the text is invalid; the message does not quote it
     */
    Optional<Login> login(String host) {
        Optional<Login> found = Optional.empty();
        boolean isHosts = false;
        String user = "";
        for (Optional<String> word = keyword(); word.isPresent(); word = keyword()) {
            switch (word.get()) {
                case "machine" -> {
                    isHosts = value().equalsIgnoreCase(host);
                    user = "";
                }
                case "default" -> isHosts = false;
                case "login", "user" -> user = value();
                case "account" -> value();
                case "password" -> {
                    String password = value();
                    // a login may also follow its password
                    found = found.isEmpty() && isHosts ? Optional.of(new Login(loginOr(user), password)) : found;
                }
                case "macdef" -> skipMacro();
                default -> throw new IllegalArgumentException("it has a word that is no keyword where one must be");
            }
        }
        return found;
    }

    private String loginOr(String user) {
        int before = at;
        if (user.isEmpty()) {
            Optional<String> next = keyword();
            if (next.isPresent() && (next.get().equals("login") || next.get().equals("user"))) {
                return value();
            }
            at = before;
        }
        return user;
    }

    /** Returns the next word outside comments; empty at the end. */
    private Optional<String> keyword() {
        skipBlanks();
        while (at < text.length() && text.charAt(at) == '#') {
            skipLine();
            skipBlanks();
        }
        return at < text.length() ? Optional.of(word()) : Optional.empty();
    }

    /** Returns the value after a keyword, which may begin with {@code #} or be quoted. */
    private String value() {
        skipBlanks();
        if (at == text.length()) {
            throw new IllegalArgumentException("it ends after a keyword that needs a value");
        }
        return text.charAt(at) == '"' ? quoted() : word();
    }

    private String word() {
        int begin = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.substring(begin, at);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '\n'; at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                c = text.charAt(++at);
            }
            value.append(c);
        }
        throw new IllegalArgumentException("a quotation mark has no second one in its line");
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
    }

    /** Skips a macro, which ends with an empty line. */
    private void skipMacro() {
        skipLine();
        while (at < text.length()) {
            int begin = at;
            skipLine();
            if (text.substring(begin, at).isBlank()) {
                return;
            }
        }
    }
}
